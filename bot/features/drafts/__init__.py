"""Questions drafted from the passages, for editors to decide on."""
