"""Open data: records as JSON, tables and catalogues, with the schemas that describe them. Values in, bytes out."""
