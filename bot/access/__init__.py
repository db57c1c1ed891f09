"""Who somebody is, what each may do, and the audit log of what was done."""
