// A file in memory alone. glibc tells of it under _GNU_SOURCE only, which Swift's view of its headers is read without.
int memfd_create(const char *name, unsigned int flags);
static const unsigned int memfd_cloexec = 1;
