"""The manifest and the sitemap: what the site consists of, for machines that compare or fetch it."""
