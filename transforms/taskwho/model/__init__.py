"""What everything else speaks of: objects, results, settings, errors."""
