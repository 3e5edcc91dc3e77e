"""What crosses rooms: from hostile input to published pages, from one process to another."""
