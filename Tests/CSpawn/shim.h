#pragma once
#include <spawn.h>

// glibc declares these two only for _GNU_SOURCE, with which Swift does not import it.

/// Closes, in the child, every file from this number on (glibc 2.34).
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Changes the child's folder (glibc 2.29).
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
