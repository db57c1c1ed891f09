"""Reads PDF documents: by their layout, or by OCR what is only a picture of text."""
