"""Charts: specifications drawn with Altair, turned into SVG that follows the page's own colours."""
