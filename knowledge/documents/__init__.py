"""Office documents: Word, PDF, Excel, web pages and text, read as articles in a fenced process."""
