"""How well evidence is read, chosen and judged, and whether the stated probability is true."""
