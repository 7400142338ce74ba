"""How often terms occur in groups of passages, and how sure a difference is."""
