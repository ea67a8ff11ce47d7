// Only carries the precompiled header of the test programs.
