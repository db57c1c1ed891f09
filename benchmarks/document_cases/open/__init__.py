"""Cases that may be looked at while the readers are worked on."""
