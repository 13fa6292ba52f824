"""What connects a site with learning platforms by LTI 1.3: whom is believed, and what that means here. No page."""
