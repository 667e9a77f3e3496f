"""The resolver: what all statements together allow for every cell, and which of them cannot all be true."""
