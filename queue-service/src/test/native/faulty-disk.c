/*
 * A disk that forgets what was not synced, fails a sync or a write, or fills up: preloaded (LD_PRELOAD) into a queue-service under test.
 *
 * Files in the folder FAULTY_DISK_FOLDER are written as usual, but what a write or a truncation replaces is remembered until the
 * file is synced, and the birth and death of a file until its folder is. FAULTY_DISK_SOCKET names a Unix socket on which a test
 * asks for a fault, a line each, and reads a line back:
 *
 *   counts         what was seen so far
 *   fail-sync N    the N-th sync of SQLite's files from now on fails with EIO, and what it should have written is lost for good: later
 *                  syncs do not bring it back, as with a kernel that marked the pages clean (USENIX ATC 2020). Whoever else
 *                  has the file open is told at its own next sync, as by Linux since 4.13 (errseq_t)
 *   fail-sync-of THREAD MILLIS   the same for the next sync of the thread of that name, which learns it only so much later
 *   fail-writes N NAME   the N-th write from now on to SQLite's files, and every one after it, fails with EIO or, as on a file system
 *                  that the kernel has made read-only, EROFS
 *   slow-sync MILLIS   every sync of a file takes so much longer
 *   space BYTES    the disk has room for so many bytes more; -1: room enough
 *   cut            the power goes: all that is not synced is undone, and the process is killed
 *   cut SEED       the same, but of the pages not synced some reached the disk, by chance
 *
 * The shared memory of SQLite (-shm) is mapped and never synced; a cut deletes it, as a boot would, and SQLite builds it anew.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define PAGE 4096
#define MAX_DESCRIPTORS 65536
#define MAX_PATH 1024

/* What a write replaced, or (length 0) what a truncation cut off. */
struct undo {
  struct undo *older;
  off_t offset;
  size_t length;
  off_t old_size;
  unsigned long number;
  int lost; /* its sync has failed: no later one brings it to the disk */
  size_t saved_length;
  char saved[];
};

struct file {
  struct file *next;
  char path[MAX_PATH];
  char grave[MAX_PATH]; /* where an unlinked file stays until its folder is synced; empty while it lives */
  int is_folder;
  int is_new; /* its folder has not been synced since it was created */
  int fd;     /* our own, never closed: closing any would drop SQLite's locks on the file */
  struct undo *newest;
};

static char folder[MAX_PATH];
static size_t folder_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *files;
static struct file *by_descriptor[MAX_DESCRIPTORS];
static char must_be_told[MAX_DESCRIPTORS]; /* a sync of its file has failed through another descriptor */
static unsigned long writes, syncs, undo_number, graves;
static long sync_to_fail, space = -1;
static unsigned long writes_to_take; /* until all fail with write_error */
static int write_error;
static char thread_to_fail[16];
static useconds_t told_after_micros;
static volatile useconds_t sync_takes_micros;
static int a_sync_has_failed;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static void (*real_exit)(int);
static void (*real_quick_exit)(int);

/* Other constructors may write files before ours has run. */
static void find_real_calls(void) {
  if (real_open) return;
  real_close = dlsym(RTLD_NEXT, "close");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_exit = dlsym(RTLD_NEXT, "exit");
  real_quick_exit = dlsym(RTLD_NEXT, "_exit");
  real_open = dlsym(RTLD_NEXT, "open64");
}

static void give_up(const char *what) {
  fprintf(stderr, "faulty-disk: %s: %s\n", what, strerror(errno));
  abort();
}

/* ---- what is tracked ---- */

static int is_tracked(const char *path) {
  size_t length = strlen(path);
  return folder_length > 0 && length < MAX_PATH && strncmp(path, folder, folder_length) == 0
      && (path[folder_length] == '/' || path[folder_length] == 0)
      && !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

static struct file *living(const char *path) {
  for (struct file *file = files; file; file = file->next)
    if (!file->grave[0] && strcmp(file->path, path) == 0) return file;
  return NULL;
}

static off_t size_of(struct file *file) {
  struct stat status;
  if (fstat(file->fd, &status) != 0) give_up("fstat");
  return status.st_size;
}

static void track(int fd, const char *path, int created) {
  struct file *file = living(path);
  if (!file) {
    struct stat status;
    if (fstat(fd, &status) != 0) return;
    file = calloc(1, sizeof *file);
    if (!file) give_up("calloc");
    strcpy(file->path, path);
    file->is_folder = S_ISDIR(status.st_mode);
    file->is_new = created;
    file->fd = real_open(path, (file->is_folder ? O_RDONLY : O_RDWR) | O_CLOEXEC);
    if (file->fd < 0) {
      free(file);
      return;
    }
    file->next = files;
    files = file;
  }
  if (fd < MAX_DESCRIPTORS) {
    by_descriptor[fd] = file;
    must_be_told[fd] = 0;
  }
}

static struct file *tracked(int fd) {
  return folder_length > 0 && fd >= 0 && fd < MAX_DESCRIPTORS ? by_descriptor[fd] : NULL;
}

/* ---- what can be undone ---- */

/* To be called before the bytes from offset on are replaced, or (length 0) before the file is cut there. */
static void remember(struct file *file, off_t offset, size_t length) {
  off_t size = size_of(file);
  off_t end = length == 0 ? size : offset + (off_t)length;
  if (end > size) end = size;
  size_t saved = end > offset ? (size_t)(end - offset) : 0;
  struct undo *undo = malloc(sizeof *undo + saved);
  if (!undo) give_up("malloc");
  undo->offset = offset;
  undo->length = length;
  undo->old_size = size;
  undo->number = ++undo_number;
  undo->lost = 0;
  undo->saved_length = saved;
  if (saved > 0 && pread(file->fd, undo->saved, saved, offset) != (ssize_t)saved) give_up("pread");
  undo->older = file->newest;
  file->newest = undo;
}

/* All up to the number given is on disk, but for what is lost. */
static void forget(struct file *file, unsigned long number) {
  struct undo **link = &file->newest;
  while (*link) {
    struct undo *undo = *link;
    if (undo->number <= number && !undo->lost) {
      *link = undo->older;
      free(undo);
    } else {
      link = &undo->older;
    }
  }
}

static void put(struct file *file, const char *bytes, size_t length, off_t offset) {
  if (real_pwrite(file->fd, bytes, length, offset) != (ssize_t)length) give_up("undoing a write");
}

static unsigned long long random_state;

static int coin(void) { /* xorshift64*; state 0: always tails */
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (int)((random_state * 2685821657736338717ULL) >> 63);
}

/* The old content of a page of one write: what was saved, and zeros where the file had ended. */
static void put_page(struct file *file, struct undo *undo, off_t from, off_t to) {
  static const char zeros[PAGE];
  off_t saved_end = undo->offset + (off_t)undo->saved_length;
  if (from < saved_end)
    put(file, undo->saved + (from - undo->offset), (size_t)((to < saved_end ? to : saved_end) - from), from);
  if (to > saved_end) put(file, zeros, (size_t)(to - (from > saved_end ? from : saved_end)), from > saved_end ? from : saved_end);
}

/*
 * Newest first. A page that reached the disk holds some one version of all that were written: once a version is kept, the older
 * ones below it are no more to be seen. The file ends where it ended when it was last synced, or behind the last page kept.
 */
static void undo_file(struct file *file) {
  if (!file->newest) return;
  off_t end = size_of(file);
  for (struct undo *undo = file->newest; undo; undo = undo->older) {
    if (undo->old_size > end) end = undo->old_size;
    if (undo->offset + (off_t)undo->length > end) end = undo->offset + (off_t)undo->length;
  }
  char *kept = calloc((size_t)(end / PAGE) + 1, 1);
  if (!kept) give_up("calloc");
  off_t kept_end = 0, synced_size = 0;
  while (file->newest) {
    struct undo *undo = file->newest;
    file->newest = undo->older;
    off_t to = undo->offset + (off_t)(undo->length > 0 ? undo->length : undo->saved_length);
    for (off_t from = undo->offset; from < to;) {
      off_t page = from / PAGE, next = (page + 1) * PAGE < to ? (page + 1) * PAGE : to;
      if (!kept[page]) {
        if (undo->length > 0 && !undo->lost && coin()) {
          kept[page] = 1;
          if (next > kept_end) kept_end = next;
        } else {
          put_page(file, undo, from, next);
        }
      }
      from = next;
    }
    synced_size = undo->old_size;
    free(undo);
  }
  if (real_ftruncate(file->fd, synced_size > kept_end ? synced_size : kept_end) != 0) give_up("undoing a truncation");
  real_fsync(file->fd);
  free(kept);
}

static void undo_everything(void) {
  for (struct file *file = files; file; file = file->next) {
    if (file->is_folder) continue;
    undo_file(file);
    if (file->is_new && !file->grave[0]) real_unlink(file->path);
    if (file->is_new && file->grave[0]) real_unlink(file->grave);
  }
  for (struct file *file = files; file; file = file->next)
    if (file->grave[0] && !file->is_new && access(file->path, F_OK) != 0) rename(file->grave, file->path);
  char shm[MAX_PATH + 8];
  for (struct file *file = files; file; file = file->next) {
    snprintf(shm, sizeof shm, "%s-shm", file->path);
    real_unlink(shm);
  }
}

/* The folder is on disk: its new files stay, its dead ones are gone. */
static void folder_synced(struct file *synced) {
  size_t length = strlen(synced->path);
  for (struct file *file = files; file; file = file->next) {
    if (strncmp(file->path, synced->path, length) != 0 || file->path[length] != '/') continue;
    if (file->grave[0]) real_unlink(file->grave);
    file->is_new = 0;
  }
}

/* ---- the calls ---- */

static int opened(int fd, const char *path, int existed) {
  if (fd >= 0 && is_tracked(path)) {
    int error = errno;
    pthread_mutex_lock(&lock);
    track(fd, path, !existed);
    pthread_mutex_unlock(&lock);
    errno = error;
  }
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  find_real_calls();
  int existed = is_tracked(path) && access(path, F_OK) == 0;
  if ((flags & O_TRUNC) && existed) { /* a file begun anew */
    pthread_mutex_lock(&lock);
    struct file *file = living(path);
    if (file) remember(file, 0, 0);
    pthread_mutex_unlock(&lock);
  }
  return opened(real_open(path, flags, mode), path, existed);
}

#define MODE(flags, mode)                    \
  mode_t mode = 0;                           \
  if ((flags) & (O_CREAT | O_TMPFILE)) {     \
    va_list arguments;                       \
    va_start(arguments, flags);              \
    mode = va_arg(arguments, mode_t);        \
    va_end(arguments);                       \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_any(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_any(path, flags, mode);
}

static int (*real_openat)(int, const char *, int, ...);

static int openat_any(int at, const char *path, int flags, mode_t mode) {
  if (path[0] == '/') return open_any(path, flags, mode);
  if (!real_openat) real_openat = dlsym(RTLD_NEXT, "openat64");
  return real_openat(at, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  MODE(flags, mode)
  return openat_any(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  MODE(flags, mode)
  return openat_any(at, path, flags, mode);
}

int close(int fd) {
  find_real_calls();
  if (tracked(fd)) {
    pthread_mutex_lock(&lock);
    by_descriptor[fd] = NULL;
    pthread_mutex_unlock(&lock);
  }
  return real_close(fd);
}

/* Takes what the file would grow by from the space left; false when the disk is full. Writing what the file has needs none. */
static int takes_space(struct file *file, off_t end) {
  off_t growth = end - size_of(file);
  if (space < 0 || growth <= 0) return 1;
  if (growth > space) return 0;
  space -= growth;
  return 1;
}

/* The file that keeps some space holds nothing that could be lost. */
static int is_reserve(struct file *file) {
  size_t length = strlen(file->path), name = strlen("/disk-reserve");
  return length >= name && strcmp(file->path + length - name, "/disk-reserve") == 0;
}

/* The error with which this write fails; 0: it does not. */
static int fails_with(struct file *file) {
  if (!write_error || is_reserve(file)) return 0;
  if (writes_to_take > 0 && --writes_to_take > 0) return 0;
  return write_error;
}

static ssize_t write_tracked(struct file *file, int fd, const void *bytes, size_t length, off_t offset, int positioned) {
  pthread_mutex_lock(&lock);
  ssize_t result = -1;
  writes++;
  int refused = fails_with(file);
  if (refused) {
    errno = refused;
  } else if (takes_space(file, offset + (off_t)length)) {
    if (length > 0) remember(file, offset, length);
    result = positioned ? real_pwrite(fd, bytes, length, offset) : real_write(fd, bytes, length);
    if (result >= 0 && result != (ssize_t)length) give_up("short write");
  } else {
    errno = ENOSPC;
  }
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  find_real_calls();
  struct file *file = tracked(fd);
  if (!file) return real_write(fd, bytes, length);
  off_t offset = fcntl(fd, F_GETFL) & O_APPEND ? size_of(file) : lseek(fd, 0, SEEK_CUR);
  return write_tracked(file, fd, bytes, length, offset, 0);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
  find_real_calls();
  struct file *file = tracked(fd);
  return file ? write_tracked(file, fd, bytes, length, offset, 1) : real_pwrite(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

int ftruncate64(int fd, off_t length) {
  find_real_calls();
  struct file *file = tracked(fd);
  if (!file) return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  int result = -1;
  off_t size = size_of(file);
  int refused = fails_with(file);
  if (refused) {
    errno = refused;
  } else if (takes_space(file, length)) {
    remember(file, length, 0);
    result = real_ftruncate(fd, length);
    if (space >= 0 && length < size) space += size - length;
  } else {
    errno = ENOSPC;
  }
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* Whether this sync is the one to fail; if so, *late says how much later the caller shall know. */
static int fails_now(useconds_t *late) {
  if (sync_to_fail > 0 && --sync_to_fail == 0) return 1;
  char thread[16] = "";
  if (!thread_to_fail[0] || pthread_getname_np(pthread_self(), thread, sizeof thread) != 0) return 0;
  if (strcmp(thread, thread_to_fail) != 0) return 0;
  thread_to_fail[0] = 0;
  *late = told_after_micros;
  return 1;
}

static void fail_sync(struct file *file, int fd) {
  a_sync_has_failed = 1;
  for (struct undo *undo = file->newest; undo; undo = undo->older) undo->lost = 1;
  for (int other = 0; other < MAX_DESCRIPTORS; other++)
    if (by_descriptor[other] == file && other != fd) must_be_told[other] = 1;
}

static int sync_tracked(struct file *file, int fd, int (*real)(int)) {
  pthread_mutex_lock(&lock);
  unsigned long upto = undo_number; /* what is written while the disk works is not covered */
  if (!file->is_folder && !is_reserve(file)) {
    useconds_t late = 0;
    int fails = must_be_told[fd];
    must_be_told[fd] = 0;
    syncs++;
    if (!fails && fails_now(&late)) {
      fail_sync(file, fd);
      fails = 1;
    }
    if (fails) {
      pthread_mutex_unlock(&lock);
      usleep(late);
      errno = EIO;
      return -1;
    }
  }
  pthread_mutex_unlock(&lock);
  usleep(sync_takes_micros);
  int result = real(fd);
  int error = errno;
  pthread_mutex_lock(&lock);
  if (fd < MAX_DESCRIPTORS && must_be_told[fd]) { /* another's has failed meanwhile */
    must_be_told[fd] = 0;
    result = -1;
    error = EIO;
  }
  if (result == 0) {
    if (file->is_folder) folder_synced(file);
    else forget(file, upto);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int fsync(int fd) {
  find_real_calls();
  struct file *file = tracked(fd);
  return file ? sync_tracked(file, fd, real_fsync) : real_fsync(fd);
}

int fdatasync(int fd) {
  find_real_calls();
  struct file *file = tracked(fd);
  return file ? sync_tracked(file, fd, real_fdatasync) : real_fdatasync(fd);
}

int unlink(const char *path) {
  find_real_calls();
  if (!is_tracked(path)) return real_unlink(path);
  pthread_mutex_lock(&lock);
  struct file *file = living(path);
  int result;
  if (file) {
    if (space >= 0) space += size_of(file);
    snprintf(file->grave, MAX_PATH, "%.900s.unlinked-%lu", path, ++graves);
    result = rename(path, file->grave);
  } else {
    result = real_unlink(path);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

/* A process that ends after a failed sync: what the kernel has dropped is not on disk. The lock is kept: nothing is written after. */
static void drop_what_is_lost(void) {
  if (!a_sync_has_failed) return;
  pthread_mutex_lock(&lock);
  undo_everything();
}

void exit(int code) {
  find_real_calls();
  if (a_sync_has_failed) _exit(code);
  real_exit(code);
  __builtin_unreachable();
}

void _exit(int code) {
  find_real_calls();
  drop_what_is_lost();
  real_quick_exit(code);
  __builtin_unreachable();
}

/* ---- the test's wishes ---- */

static void obey(char *line, int client) {
  char reply[256] = "ok\n", name[6];
  pthread_mutex_lock(&lock);
  if (strncmp(line, "cut", 3) == 0) {
    random_state = line[3] ? strtoull(line + 3, NULL, 10) * 0x9E3779B97F4A7C15ULL : 0;
    unsigned long undone = 0;
    for (struct file *file = files; file; file = file->next)
      for (struct undo *undo = file->newest; undo; undo = undo->older) undone++;
    undo_everything();
    snprintf(reply, sizeof reply, "cut unsynced=%lu\n", undone);
    real_write(client, reply, strlen(reply));
    kill(getpid(), SIGKILL);
    for (;;) pause(); /* with the lock: nobody learns that a write went through */
  } else if (strncmp(line, "fail-sync ", 10) == 0) {
    sync_to_fail = strtol(line + 10, NULL, 10);
  } else if (sscanf(line, "fail-sync-of %15s %u", thread_to_fail, &told_after_micros) == 2) {
    told_after_micros *= 1000;
  } else if (sscanf(line, "fail-writes %lu %5s", &writes_to_take, name) == 2) {
    write_error = strcmp(name, "EROFS") == 0 ? EROFS : EIO;
  } else if (strncmp(line, "slow-sync ", 10) == 0) {
    sync_takes_micros = (useconds_t)strtoul(line + 10, NULL, 10) * 1000;
  } else if (strncmp(line, "space ", 6) == 0) {
    space = strtol(line + 6, NULL, 10);
  } else if (strncmp(line, "counts", 6) == 0) {
    snprintf(reply, sizeof reply, "writes=%lu syncs=%lu\n", writes, syncs);
  } else {
    snprintf(reply, sizeof reply, "what is %.100s?\n", line);
  }
  pthread_mutex_unlock(&lock);
  real_write(client, reply, strlen(reply));
}

static void *listen_to_the_test(void *listener) {
  sigset_t all; /* signals are for the JVM's threads */
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  for (;;) {
    int client = accept((int)(long)listener, NULL, NULL);
    if (client < 0) continue;
    char line[256];
    size_t length = 0;
    while (length < sizeof line - 1 && read(client, line + length, 1) == 1 && line[length] != '\n') length++;
    line[length] = 0;
    obey(line, client);
    real_close(client);
  }
  return NULL;
}

__attribute__((constructor)) static void begin(void) {
  find_real_calls();
  const char *path = getenv("FAULTY_DISK_FOLDER");
  const char *socket_path = getenv("FAULTY_DISK_SOCKET");
  if (!path || !socket_path || strlen(path) >= MAX_PATH) return;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(socket_path) >= sizeof address.sun_path) give_up("the path of the socket is too long");
  strcpy(address.sun_path, socket_path);
  real_unlink(socket_path);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 8) != 0) give_up("the socket");
  pthread_t thread;
  if (pthread_create(&thread, NULL, listen_to_the_test, (void *)(long)listener) != 0) give_up("the thread");
  strcpy(folder, path);
  folder_length = strlen(folder);
  unsetenv("LD_PRELOAD"); /* whatever it starts has a disk of its own */
  unsetenv("FAULTY_DISK_FOLDER");
}
