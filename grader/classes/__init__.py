"""Many submissions: intake of files, crew, journal, class report and statistics. `grading` does one."""
