import Postgres
public import Shop

extension Store {
    /// Courses by code, each in its latest version, from after `code` on.
    public func courses(after code: String = "", limit: Int = 50) async throws -> Paged<Course> {
        try await transaction { tx in
            let rows = try tx.query(
                """
                select distinct on (code) id, code, version, name from courses
                where code > \(code) order by code, version desc limit \(limit + 1)
                """
            )
            return Paged(try readCourses(rows, tx), limit: limit, key: \.code)
        }
    }

    /// The latest version. Throws `courseUnknown`.
    public func course(_ code: String) async throws -> Course {
        try await transaction { tx in try tx.course(code) }
    }

    /// Every rule that a course had and will have, oldest first.
    public func completionRules(of course: String) async throws -> [CompletionRule] {
        try await transaction { tx in try tx.completionRules(of: course) }
    }
}

extension Transaction {
    /// The latest version. Throws `courseUnknown`.
    func course(_ code: String) throws -> Course {
        let rows = try query(
            """
            select id, code, version, name from courses
            where code = \(code) order by version desc limit 1
            """
        )
        guard let course = try readCourses(rows, self).first else {
            throw Refusal(.courseUnknown, ["code": .text(String(code.prefix(40)))])
        }
        return course
    }

    /// The version that a run follows.
    func course(of run: ID<Run>) throws -> Course {
        let rows = try query(
            """
            select c.id, c.code, c.version, c.name
            from courses c join runs r on r.course_id = c.id where r.id = \(run)
            """
        )
        guard let course = try readCourses(rows, self).first else {
            throw Refusal(.runUnknown, ["code": .text(run.text)])
        }
        return course
    }

    func completionRules(of course: String) throws -> [CompletionRule] {
        try query(
            """
            select starts_on, modules_min, basic_modules_all, minutes_percent_min,
                   module_percent_min, base
            from completion_rules where course_code = \(course) order by starts_on
            """
        ).map { row in
            CompletionRule(
                startsOn: try row["starts_on"],
                modulesMin: try row["modules_min"],
                basicModulesAll: try row["basic_modules_all"],
                minutesPercentMin: try row["minutes_percent_min"],
                modulePercentMin: try row["module_percent_min"],
                base: try row["base"]
            )
        }
    }
}

private func readCourses(_ rows: Rows, _ tx: Transaction) throws -> [Course] {
    let ids: [ID<Course>] = try rows.map { try $0["id"] }
    let modules = try tx.query(
        """
        select course_id, id, position, kind, name, planned_minutes from modules
        where course_id = any(\(ids)) order by course_id, position
        """
    ).map { row in
        let course: ID<Course> = try row["course_id"]
        let module = Module(
            id: try row["id"],
            position: try row["position"],
            kind: try row["kind"],
            name: try row["name"],
            plannedMinutes: try row["planned_minutes"]
        )
        return (course, module)
    }
    return try rows.map { row in
        let id: ID<Course> = try row["id"]
        return Course(
            id: id,
            code: try row["code"],
            version: try row["version"],
            name: try row["name"],
            modules: modules.filter { $0.0 == id }.map(\.1)
        )
    }
}
