"""What a site keeps: tables, how they are reached, how they change from version to version, the bytes handed in, and
what wakes a worker when a transaction is committed."""
