"""The question bank: YAML files of topics and questions, read, checked, merged and written."""
