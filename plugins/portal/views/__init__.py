"""Pure functions from the catalog to what each page is given (`models`)."""
