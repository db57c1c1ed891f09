"""What a sentence names: dates, document numbers, names and quantities, one recogniser each."""
