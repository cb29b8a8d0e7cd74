// C11 threads over POSIX threads, for programs under ThreadSanitizer only: Debian's librdkafka uses
// the former, which GCC's ThreadSanitizer doesn't know, and the program dies with the first thread.
// glibc's types of both kinds are the same underneath.
#if defined(__SANITIZE_THREAD__)

#include <errno.h>
#include <pthread.h>
#include <threads.h>

#include <cstdint>
#include <memory>

namespace {

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t));
static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t));

pthread_mutex_t* posix(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* posix(cnd_t* condition) { return reinterpret_cast<pthread_cond_t*>(condition); }

int c11(int failure) {
    if (failure == 0) return thrd_success;
    if (failure == ETIMEDOUT) return thrd_timedout;
    return failure == EBUSY ? thrd_busy : thrd_error;
}

struct Start {
    thrd_start_t function;
    void* argument;
};

void* run(void* raw) {
    const std::unique_ptr<Start> start(static_cast<Start*>(raw));
    return reinterpret_cast<void*>(static_cast<std::intptr_t>(start->function(start->argument)));
}

}  // namespace

extern "C" {

// librdkafka isn't instrumented: its own atomic counters go unseen, and what they order looks like
// a race. What doesn't touch it is judged as ever.
const char* __tsan_default_suppressions() { return "race:librdkafka.so\n"; }

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
    auto start = std::make_unique<Start>(Start{function, argument});
    const int failure = pthread_create(thread, nullptr, run, start.get());
    if (failure == 0) start.release();  // the thread's
    return c11(failure);
}

int thrd_join(thrd_t thread, int* result) {
    void* returned = nullptr;
    const int failure = pthread_join(thread, &returned);
    if (result) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
    return c11(failure);
}

int mtx_init(mtx_t* mutex, int type) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    if (type & mtx_recursive) pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    const int failure = pthread_mutex_init(posix(mutex), &attributes);
    pthread_mutexattr_destroy(&attributes);
    return c11(failure);
}

int mtx_lock(mtx_t* mutex) { return c11(pthread_mutex_lock(posix(mutex))); }
int mtx_trylock(mtx_t* mutex) { return c11(pthread_mutex_trylock(posix(mutex))); }
int mtx_unlock(mtx_t* mutex) { return c11(pthread_mutex_unlock(posix(mutex))); }
void mtx_destroy(mtx_t* mutex) { pthread_mutex_destroy(posix(mutex)); }

int cnd_init(cnd_t* condition) { return c11(pthread_cond_init(posix(condition), nullptr)); }
int cnd_signal(cnd_t* condition) { return c11(pthread_cond_signal(posix(condition))); }
int cnd_broadcast(cnd_t* condition) { return c11(pthread_cond_broadcast(posix(condition))); }
void cnd_destroy(cnd_t* condition) { pthread_cond_destroy(posix(condition)); }

int cnd_wait(cnd_t* condition, mtx_t* mutex) {
    return c11(pthread_cond_wait(posix(condition), posix(mutex)));
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
    return c11(pthread_cond_timedwait(posix(condition), posix(mutex), until));
}

}  // extern "C"

#endif
