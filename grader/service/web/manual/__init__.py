"""The API's documentation for people: read from its OpenAPI document, so that it says what the document says."""
