"""What HTTP leaves open: answers that end, by the clock and in size; dates in headers."""
