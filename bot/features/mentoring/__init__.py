"""What mentors see: who learns how, and which questions are weak."""
