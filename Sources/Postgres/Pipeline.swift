import CLibPQ

extension Connection {
    /// One message of a batch, and what its answer means.
    private enum Step {
        case deallocate(SQL.Shape)
        case prepare(SQL.Shape, name: String)
        case execute(Int)
    }

    /// Sends everything, waits once, reads everything. `commits` says that the last statement is the
    /// commit: from then on a lost connection leaves the outcome unknown.
    func run(_ batch: [SQL], commits: Bool) throws -> [Rows] {
        if batch.isEmpty { return [] }
        try refuseUnlessReady()
        for (index, sql) in batch.enumerated() { try refuseUnsendable(sql, index: index) }
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        let steps = try send(batch)
        trips += 1
        guard PQpipelineSync(handle) == 1 else { throw lost(mayHaveCommitted: commits) }
        let (results, failure) = read(steps, of: batch, commits: commits)
        if isUsable, PQexitPipelineMode(handle) != 1 { isUsable = false }
        if let failure { throw failure }
        return results
    }

    /// What libpq would cut short or the protocol cannot carry, before anything is sent.
    private func refuseUnsendable(_ sql: SQL, index: Int) throws {
        var error: PostgresError?
        if sql.binds.count > 65_535 {
            error = PostgresError(.misuse, "more than 65535 values", statement: sql.text)
        } else if sql.text.utf8.contains(0) {
            error = PostgresError(.misuse, "the statement holds a NUL")
        } else if let bind = sql.binds.firstIndex(where: { $0.text?.utf8.contains(0) == true }) {
            error = PostgresError(.misuse, "value $\(bind + 1) holds a NUL", statement: sql.text)
        }
        error?.index = index
        if let error { throw error }
    }

    private func send(_ batch: [SQL]) throws -> [Step] {
        var steps: [Step] = []
        var fresh: [SQL.Shape: String] = [:]
        let shapes = batch.map(\.shape)
        let inUse = Set(shapes)
        let unknown = inUse.filter { statements.name(of: $0) == nil }
        for (shape, name) in statements.oldest(toFit: unknown.count, sparing: inUse) {
            try queued(PQsendQueryParams(handle, "deallocate \(name)", 0, nil, nil, nil, nil, 0))
            steps.append(.deallocate(shape))
        }
        for (index, (sql, shape)) in zip(batch, shapes).enumerated() {
            let name: String
            if let known = statements.name(of: shape) ?? fresh[shape] {
                name = known
            } else {
                name = statements.newName()
                fresh[shape] = name
                try queued(
                    PQsendPrepare(handle, name, sql.text, Int32(shape.types.count), shape.types)
                )
                steps.append(.prepare(shape, name: name))
            }
            try queued(
                withCStrings(sql.binds.map(\.text)) { values in
                    PQsendQueryPrepared(handle, name, Int32(sql.binds.count), values, nil, nil, 0)
                }
            )
            steps.append(.execute(index))
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
        var current = 0
        for step in steps {
            if case .execute(let index) = step { current = index }
            guard isUsable, let result = PQgetResult(handle) else {
                failure = failure ?? lost(mayHaveCommitted: commits)
                break
            }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                switch step {
                case .deallocate(let shape): statements.forget(shape)
                case .prepare(let shape, let name): statements.remember(shape, as: name)
                case .execute: results.append(Rows(result))
                }
                if case .execute = step {} else { PQclear(result) }
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            case PGRES_FATAL_ERROR:
                if failure == nil {
                    var index = current
                    if case .prepare = step { index = results.count }
                    failure = self.failure(result, batch: batch, index: index, commits: commits)
                }
                PQclear(result)
            default:
                PQclear(result)
                failure = failure ?? PostgresError(.misuse, "copy is not spoken here")
                isUsable = false
            }
            // Each answer ends with a null.
            while isUsable, let more = PQgetResult(handle) { PQclear(more) }
        }
        if isUsable {
            if let end = PQgetResult(handle) {
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
