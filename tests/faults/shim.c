/* Preloaded into a program under test: makes writes and syncs of chosen files fail or slow, and the wall clock wrong.
 *
 * What it does stands in a shared mapping of the file FAULTS_CONTROL, so that the test changes it while the program runs;
 * FAULTS_PATH is a piece of the names of the files concerned. See shim.py for the fields. A sync that fails takes back
 * what was written since the last one that succeeded, as a kernel may that has dropped the pages. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { kSync = 1, kWrite = 2 };
enum { kFilesMax = 4096, kRangesMax = 16 };

struct control {
    volatile int64_t clock_offset_ns; /* added to the wall clock */
    volatile int64_t clock_frozen_ns; /* the wall clock stands here; 0: it goes */
    volatile int64_t kinds;           /* which calls fail */
    volatile int64_t errno_wanted;
    volatile int64_t calls_before; /* so many calls succeed first */
    volatile int64_t failed;       /* calls that failed; written here */
    volatile int64_t synced_again; /* syncs of a file whose sync failed before; written here */
    volatile int64_t sync_delay_ns;
};

static struct control* control;
static const char* path_wanted;
static off_t synced_bytes[kFilesMax];
static char sync_failed[kFilesMax];
static struct {
    uintptr_t begin, end;
} ranges[kRangesMax]; /* of the program and the C++ library, whose clock it is */
static int range_count;

static int keep_range(struct dl_phdr_info* object, size_t size, void* first) {
    (void)size;
    int* is_first = first;
    const int wanted = *is_first || strstr(object->dlpi_name, "libstdc++");
    *is_first = 0;
    for (int i = 0; wanted && i < object->dlpi_phnum && range_count < kRangesMax; ++i) {
        if (object->dlpi_phdr[i].p_type != PT_LOAD) continue;
        ranges[range_count].begin = object->dlpi_addr + object->dlpi_phdr[i].p_vaddr;
        ranges[range_count].end = ranges[range_count].begin + object->dlpi_phdr[i].p_memsz;
        ++range_count;
    }
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    const char* file = getenv("FAULTS_CONTROL");
    path_wanted = getenv("FAULTS_PATH");
    if (!file) return;
    const int descriptor = open(file, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return;
    void* mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (mapped != MAP_FAILED) control = mapped;
    int first = 1;
    dl_iterate_phdr(keep_range, &first);
}

static int concerns(int descriptor) {
    if (!control || !path_wanted) return 0;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t size = readlink(link, name, sizeof name - 1);
    if (size <= 0) return 0;
    name[size] = 0;
    return strstr(name, path_wanted) != NULL;
}

static int must_fail(int kind) {
    if (!(control->kinds & kind)) return 0;
    if (__atomic_fetch_sub(&control->calls_before, 1, __ATOMIC_SEQ_CST) > 0) return 0;
    __atomic_fetch_add(&control->failed, 1, __ATOMIC_SEQ_CST);
    return 1;
}

static int sync_with(const char* name, int descriptor) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (!concerns(descriptor)) return next(descriptor);
    const int kept = descriptor >= 0 && descriptor < kFilesMax;
    if (control->sync_delay_ns) {
        const struct timespec wait = {control->sync_delay_ns / 1000000000,
                                      control->sync_delay_ns % 1000000000};
        nanosleep(&wait, NULL);
    }
    if (kept && sync_failed[descriptor])
        __atomic_fetch_add(&control->synced_again, 1, __ATOMIC_SEQ_CST);
    struct stat about;
    if (must_fail(kSync)) {
        if (kept) {
            sync_failed[descriptor] = 1;
            if (fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) &&
                about.st_size > synced_bytes[descriptor] &&
                ftruncate(descriptor, synced_bytes[descriptor]) != 0)
                perror("shim: ftruncate");
        }
        errno = (int)control->errno_wanted;
        return -1;
    }
    const int done = next(descriptor);
    if (done == 0 && kept && fstat(descriptor, &about) == 0)
        synced_bytes[descriptor] = about.st_size;
    return done;
}

int fsync(int descriptor) { return sync_with("fsync", descriptor); }
int fdatasync(int descriptor) { return sync_with("fdatasync", descriptor); }

int close(int descriptor) {
    static int (*next)(int);
    if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "close");
    if (descriptor >= 0 && descriptor < kFilesMax) {
        synced_bytes[descriptor] = 0;
        sync_failed[descriptor] = 0;
    }
    return next(descriptor);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
    static ssize_t (*next)(int, const void*, size_t);
    if (!next) next = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    if (control && (control->kinds & kWrite) && concerns(descriptor) && must_fail(kWrite)) {
        errno = (int)control->errno_wanted;
        return -1;
    }
    return next(descriptor, bytes, count);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
    static ssize_t (*next)(int, const void*, size_t, off64_t);
    if (!next) next = (ssize_t(*)(int, const void*, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (control && (control->kinds & kWrite) && concerns(descriptor) && must_fail(kWrite)) {
        errno = (int)control->errno_wanted;
        return -1;
    }
    return next(descriptor, bytes, count, at);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t at) {
    return pwrite64(descriptor, bytes, count, at);
}

static int is_of_the_program(const void* caller) {
    for (int i = 0; i < range_count; ++i)
        if ((uintptr_t)caller >= ranges[i].begin && (uintptr_t)caller < ranges[i].end) return 1;
    return 0;
}

/* The libraries wait until points of the wall clock, which the kernel's own must answer. */
int clock_gettime(clockid_t clock, struct timespec* now) {
    static int (*next)(clockid_t, struct timespec*);
    if (!next) next = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    const int done = next(clock, now);
    if (done != 0 || clock != CLOCK_REALTIME || !control ||
        !is_of_the_program(__builtin_return_address(0)))
        return done;
    int64_t at = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + control->clock_offset_ns;
    if (control->clock_frozen_ns) at = control->clock_frozen_ns;
    now->tv_sec = at / 1000000000;
    now->tv_nsec = at % 1000000000;
    return 0;
}
