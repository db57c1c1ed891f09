"""People, what each may do, invitations, requests to join, the audit log and personal data."""
