"""What records have wrong among each other and inside their text: one short function a rule."""
