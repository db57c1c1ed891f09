"""Reads Excel workbooks (.xlsx)."""
