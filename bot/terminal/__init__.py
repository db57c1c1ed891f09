"""What every feature needs from the terminal: printing, tables, options, opening the base."""
