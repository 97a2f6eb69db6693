"""From file to store: a file enters here, is checked against a contract and becomes rows."""
