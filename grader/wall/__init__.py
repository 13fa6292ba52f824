"""The wall: what may cross it, as bytes and messages; `room/` is inside, `sandbox/` outside. Nothing here judges."""
