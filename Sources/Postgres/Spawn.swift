import Foundation

/// Runs a program to its end and returns its exit status. Standard input is empty; what it says
/// goes to the end of `log`.
///
/// Not `Foundation.Process`: it waits for the descriptors that a daemon inherits, so it hangs for
/// ever on `pg_ctl start`.
func spawn(_ command: [String], in folder: String, log: String) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
        &actions,
        1,
        log,
        O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW,
        0o600
    )
    posix_spawn_file_actions_adddup2(&actions, 1, 2)

    // What we hold open, a server that outlives us must not hold: somebody may wait for its end.
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
        guard let descriptor = Int32(name), descriptor > 2 else { continue }
        posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    // The service ignores signals that it handles elsewhere; its children must not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    // The folder we stand in may be closed to the server's user, which its programs do not forgive.
    let command = ["env", "--chdir=\(folder)"] + command
    // Nothing of our environment: a stray PGPORT or locale must not change the server.
    let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"]
    var process = pid_t()
    let failure = withMutableCStrings(command) { arguments in
        withMutableCStrings(environment) { environment in
            posix_spawnp(&process, command[0], &actions, &attributes, arguments, environment)
        }
    }
    if failure != 0 { throw ClusterError.cannotRun(command[0], String(cString: strerror(failure))) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1 {
        if errno != EINTR {
            throw ClusterError.cannotRun(command[0], String(cString: strerror(errno)))
        }
    }
    let exited = status & 0x7f == 0
    return exited ? (status >> 8) & 0xff : 128 + (status & 0x7f)
}

private func withMutableCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
