"""Archive: what was forecast when, kept as it was, and scored when actuals arrive."""
