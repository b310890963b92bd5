/*
 * Loaded before the C library (LD_PRELOAD): lets the n-th call that changes a disk fail, as a worn out or full one would.
 *
 * Counted are the calls on files below IO_FAIL_UNDER. What is to fail is told through IO_FAIL_STATE, a file of numbers that
 * this process maps and that the test reads and writes: see plan.ts for their meaning.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SEEN, FROM, TIMES, ERROR, TORN, FAILED, KIND, WORDS };
enum { WRITE = 1, SYNC, TRUNCATE, RENAME, LINK, UNLINK, CREATE, FOLDER };

static volatile int64_t *state;
static const char *under;
static size_t under_length;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("IO_FAIL_STATE");
  under = getenv("IO_FAIL_UNDER");
  if (path == NULL || under == NULL) return;
  under_length = strlen(under);
  int fd = REAL(open)(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *map = mmap(NULL, WORDS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (map != MAP_FAILED) state = map;
  close(fd);
}

static int below(const char *path) {
  return path != NULL && strncmp(path, under, under_length) == 0;
}

static int fd_below(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return below(path);
}

/* Whether this call fails. Counts it. */
static int fails(int kind) {
  int64_t number = __sync_add_and_fetch(&state[SEEN], 1);
  if (state[FROM] == 0 || number < state[FROM] || state[FAILED] >= state[TIMES]) return 0;
  __sync_add_and_fetch(&state[FAILED], 1);
  if (state[FAILED] == 1) state[KIND] = kind;
  errno = (int)state[ERROR];
  return 1;
}

#define ON_FD(fd, kind) (state != NULL && fd_below(fd) && fails(kind))
#define ON_PATH(path, kind) (state != NULL && below(path) && fails(kind))

/* A write that fails may have written a part. */
static ssize_t torn(ssize_t written) {
  (void)written;
  errno = (int)state[ERROR];
  return -1;
}

ssize_t write(int fd, const void *from, size_t length) {
  if (!ON_FD(fd, WRITE)) return REAL(write)(fd, from, length);
  return torn(state[TORN] && length > 1 ? REAL(write)(fd, from, length / 2) : 0);
}

ssize_t pwrite(int fd, const void *from, size_t length, off_t at) {
  if (!ON_FD(fd, WRITE)) return REAL(pwrite)(fd, from, length, at);
  return torn(state[TORN] && length > 1 ? REAL(pwrite)(fd, from, length / 2, at) : 0);
}

ssize_t pwrite64(int fd, const void *from, size_t length, off64_t at) {
  if (!ON_FD(fd, WRITE)) return REAL(pwrite64)(fd, from, length, at);
  return torn(state[TORN] && length > 1 ? REAL(pwrite64)(fd, from, length / 2, at) : 0);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!ON_FD(fd, WRITE)) return REAL(writev)(fd, parts, count);
  return torn(state[TORN] && count > 1 ? REAL(writev)(fd, parts, count / 2) : 0);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  if (!ON_FD(fd, WRITE)) return REAL(pwritev)(fd, parts, count, at);
  return torn(state[TORN] && count > 1 ? REAL(pwritev)(fd, parts, count / 2, at) : 0);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  if (!ON_FD(fd, WRITE)) return REAL(pwritev64)(fd, parts, count, at);
  return torn(state[TORN] && count > 1 ? REAL(pwritev64)(fd, parts, count / 2, at) : 0);
}

int fsync(int fd) { return ON_FD(fd, SYNC) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return ON_FD(fd, SYNC) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t length) { return ON_FD(fd, TRUNCATE) ? -1 : REAL(ftruncate)(fd, length); }
int ftruncate64(int fd, off64_t length) { return ON_FD(fd, TRUNCATE) ? -1 : REAL(ftruncate64)(fd, length); }
int posix_fallocate(int fd, off_t at, off_t length) {
  return ON_FD(fd, TRUNCATE) ? (int)state[ERROR] : REAL(posix_fallocate)(fd, at, length);
}
int posix_fallocate64(int fd, off64_t at, off64_t length) {
  return ON_FD(fd, TRUNCATE) ? (int)state[ERROR] : REAL(posix_fallocate64)(fd, at, length);
}

int rename(const char *from, const char *to) { return ON_PATH(to, RENAME) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return ON_PATH(to, LINK) ? -1 : REAL(link)(from, to); }
int symlink(const char *from, const char *to) { return ON_PATH(to, LINK) ? -1 : REAL(symlink)(from, to); }
int unlink(const char *path) { return ON_PATH(path, UNLINK) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return ON_PATH(path, FOLDER) ? -1 : REAL(mkdir)(path, mode); }

/* Opening counts where it may make the file. */
#define OPENING(name)                                            \
  int name(const char *path, int flags, ...) {                   \
    mode_t mode = 0;                                             \
    if (flags & O_CREAT) {                                       \
      va_list more;                                              \
      va_start(more, flags);                                     \
      mode = va_arg(more, mode_t);                               \
      va_end(more);                                              \
      if (ON_PATH(path, CREATE)) return -1;                      \
    }                                                            \
    return REAL(name)(path, flags, mode);                        \
  }

OPENING(open)
OPENING(open64)
