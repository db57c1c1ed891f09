"""Questions as tables, CSV or XLSX, and back."""
