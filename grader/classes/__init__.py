"""Many submissions: intake of files, crew, journal, marks, class report and statistics. `grading` does one."""
