"""The programme of the month: what the leaders' meeting reads, as plain data, made once."""
