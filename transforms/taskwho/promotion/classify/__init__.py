"""What is to become of each row, and why of each that waits."""
