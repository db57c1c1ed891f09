"""The people of the office: invitations, joining, roles, the audit log, personal data."""
