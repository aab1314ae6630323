import CLibPQ

extension Connection {
    /// One message of a batch, and what its answer means.
    private enum Step {
        case prepare(StatementCache.Entry)
        case execute
    }

    /// Sends everything, waits once, reads everything. `commits` says that the last statement is the
    /// commit: from then on a lost connection leaves the outcome unknown.
    func run(_ batch: [SQL], commits: Bool) throws -> [Rows] {
        if batch.isEmpty { return [] }
        try refuseUnlessReady()
        // A server that is known to be gone cannot have committed.
        if commits, !isStillOpen { throw lost() }
        for (index, sql) in batch.enumerated() { try refuseUnsendable(sql, index: index) }
        try makeRoom()
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        let steps = try send(batch)
        trips += 1
        guard PQpipelineSync(handle) == 1 else { throw lost(mayHaveCommitted: commits) }
        let (results, failure) = read(steps, of: batch, commits: commits)
        if isUsable, PQexitPipelineMode(handle) != 1 { isUsable = false }
        if let failure { throw failure }
        return results
    }

    /// Lets go of the statements unused longest, in a trip of its own: what cannot run beside another statement, such as
    /// `create database`, stays alone in its batch.
    private func makeRoom() throws {
        // A failed transaction takes nothing but its end.
        guard PQtransactionStatus(handle) != PQTRANS_INERROR else { return }
        let names = statements.makeRoom()
        if names.isEmpty { return }
        let statement = names.map { "deallocate \($0)" }.joined(separator: "; ")
        guard let result = PQexec(handle, statement) else { throw lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            if PQstatus(handle) == CONNECTION_BAD { throw lost() }
            throw error(result, statement: statement, mayHaveCommitted: false)
        }
    }

    /// What libpq would cut short or the protocol cannot carry, before anything is sent.
    private func refuseUnsendable(_ sql: SQL, index: Int) throws {
        var error: PostgresError?
        if sql.binds.count > 65_535 {
            error = PostgresError(.misuse, "more than 65535 values", statement: sql.text)
        } else if holdsNUL(sql.text) {
            error = PostgresError(.misuse, "the statement holds a NUL")
        } else if let bind = sql.binds.firstIndex(where: { $0.text.map(holdsNUL) == true }) {
            error = PostgresError(.misuse, "value $\(bind + 1) holds a NUL", statement: sql.text)
        }
        error?.index = index
        if let error { throw error }
    }

    private func send(_ batch: [SQL]) throws -> [Step] {
        var steps: [Step] = []
        steps.reserveCapacity(batch.count)
        for sql in batch {
            let (entry, isNew) = statements.entry(for: sql)
            if isNew {
                let types = entry.shape.types
                try queued(PQsendPrepare(handle, entry.name, sql.text, Int32(types.count), types))
                steps.append(.prepare(entry))
            }
            try queued(
                withCStrings(sql.binds.map(\.text)) { values in
                    PQsendQueryPrepared(
                        handle,
                        entry.name,
                        Int32(sql.binds.count),
                        values,
                        nil,
                        nil,
                        0
                    )
                }
            )
            steps.append(.execute)
        }
        return steps
    }

    /// Nothing that could commit has been sent yet: the commit is the last message, and it does not
    /// count before the synchronization that follows it.
    private func queued(_ status: Int32) throws {
        if status != 1 { throw lost() }
    }

    private func read(
        _ steps: [Step],
        of batch: [SQL],
        commits: Bool
    ) -> (results: [Rows], failure: PostgresError?) {
        var results: [Rows] = []
        results.reserveCapacity(batch.count)
        var failure: PostgresError?
        for step in steps {
            guard isUsable, let result = nextAnswer() else {
                failure = failure ?? lost(mayHaveCommitted: commits)
                break
            }
            switch (PQresultStatus(result), step) {
            case (PGRES_TUPLES_OK, .execute), (PGRES_COMMAND_OK, .execute),
                (PGRES_EMPTY_QUERY, .execute):
                results.append(Rows(result))
            case (PGRES_COMMAND_OK, _):
                PQclear(result)
            case (PGRES_PIPELINE_ABORTED, _), (PGRES_FATAL_ERROR, _):
                if case .prepare(let entry) = step { statements.forget(entry) }
                if failure == nil, PQresultStatus(result) == PGRES_FATAL_ERROR {
                    // The statement at fault is the one after those that answered.
                    failure = self.failure(
                        result,
                        batch: batch,
                        index: results.count,
                        commits: commits
                    )
                }
                PQclear(result)
            default:
                PQclear(result)
                failure = failure ?? PostgresError(.misuse, "copy is not spoken here")
                isUsable = false
            }
            // Each answer ends with a null.
            while isUsable, let more = nextAnswer() { PQclear(more) }
        }
        if isUsable {
            if let end = nextAnswer() {
                if PQresultStatus(end) != PGRES_PIPELINE_SYNC { isUsable = false }
                PQclear(end)
            } else {
                isUsable = false
            }
        }
        if PQstatus(handle) == CONNECTION_BAD { isUsable = false }
        if !isUsable, failure == nil, results.count < batch.count {
            failure = lost(mayHaveCommitted: commits)
        }
        return (results, failure)
    }

    /// A server that says goodbye (a fatal error with a code) while it answers a statement before
    /// the commit has not committed; one that vanishes may have.
    private func failure(
        _ result: OpaquePointer,
        batch: [SQL],
        index: Int,
        commits: Bool
    ) -> PostgresError {
        let saidGoodbye = PQresultErrorField(result, Int32(Field.sqlstate)) != nil
        let mayHaveCommitted = commits && !(saidGoodbye && index < batch.count - 1)
        var error = error(
            result,
            statement: batch[index].text,
            mayHaveCommitted: mayHaveCommitted
        )
        error.index = index
        return error
    }
}
