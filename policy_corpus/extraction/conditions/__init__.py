"""What a clause asks of an applicant."""
