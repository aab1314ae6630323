import Postgres
public import Shop

/// A course as it will be taught. With a code that is known it is that course's next version: runs that follow an older
/// one keep it.
public struct NewCourse: Encodable, Sendable {
    public let code: String
    let name: String
    let modules: [NewModule]

    /// Throws `quantityOutOfRange` for no module or more than 60.
    public init(code: ShortCode, name: ShortText, modules: [NewModule]) throws(Refusal) {
        guard (1...60).contains(modules.count) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(1), "most": .number(60)])
        }
        self.code = code.text
        self.name = name.text
        self.modules = modules
    }
}

public struct NewModule: Encodable, Sendable {
    let kind: Module.Kind
    let name: String
    let plannedMinutes: Int

    /// Throws `quantityOutOfRange` for minutes outside a day.
    public init(kind: Module.Kind, name: ShortText, plannedMinutes: Int) throws(Refusal) {
        guard (1...1440).contains(plannedMinutes) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(1), "most": .number(1440)])
        }
        self.kind = kind
        self.name = name.text
        self.plannedMinutes = plannedMinutes
    }
}

/// The keys of a course and its modules, made before the transaction that writes them.
struct CourseIDs: Sendable {
    let course: ID<Course>
    let modules: [ID<Module>]

    init(_ store: Store, _ new: NewCourse) {
        course = store.newID()
        modules = new.modules.map { _ in store.newID() }
    }
}

extension NewCourse {
    /// The course with its modules, and the usual completion rule of domain.md, section 4, where it has none yet.
    func statements(as ids: CourseIDs, version: Int, at now: Instant) -> [SQL] {
        var statements: [SQL] = [
            """
            insert into courses (id, code, version, name, recorded_at)
            values (\(ids.course), \(code), \(version), \(name), \(now))
            """,
            """
            insert into completion_rules (course_code, starts_on, modules_min,
                basic_modules_all, minutes_percent_min, module_percent_min, base, recorded_at)
            select \(code), \(beginning), \(modules.count - 1), true, 80, 50, 'planned', \(now)
            where not exists (select from completion_rules where course_code = \(code))
            """,
        ]
        for (index, module) in modules.enumerated() {
            statements.append(
                """
                insert into modules (id, course_id, position, kind, name, planned_minutes)
                values (\(ids.modules[index]), \(ids.course), \(index + 1), \(module.kind), \(module.name),
                        \(module.plannedMinutes))
                """
            )
        }
        return statements
    }
}

extension Store {
    /// Writes a course down. A new one begins with the usual completion rule of domain.md, section 4, as a row that
    /// another row may replace: all modules but one, every basic one, 80 % of the planned minutes, half of a module.
    public func createCourse(
        _ new: NewCourse,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Course> {
        let ids = CourseIDs(self, new)
        return try await command(
            "create-course",
            key: key,
            input: new,
            by: staff,
            facts: ["text": .text(new.code)]
        ) { tx, now in
            let version: Int = try tx.query(
                "select coalesce(max(version), 0) + 1 as version from courses where code = \(new.code)"
            )[0]["version"]
            _ = try tx.pipeline(new.statements(as: ids, version: version, at: now))
            return Created(id: ids.course, code: new.code)
        }
    }

    /// From its day on another rule decides; what was decided before stands.
    /// Throws `nameTaken` when the course has a rule of that day already, `courseUnknown`.
    public func setCompletionRule(
        _ rule: CompletionRule,
        of course: ShortCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> CompletionRule {
        try await command(
            "set-completion-rule",
            key: key,
            input: [rule],
            by: staff,
            facts: ["text": .text(course.text)]
        ) { tx, now in
            _ = try tx.course(course.text)
            try tx.execute(
                """
                insert into completion_rules (course_code, starts_on, modules_min,
                    basic_modules_all, minutes_percent_min, module_percent_min, base, recorded_at)
                values (\(course.text), \(rule.startsOn), \(rule.modulesMin), \(rule.basicModulesAll),
                        \(rule.minutesPercentMin), \(rule.modulePercentMin), \(rule.base), \(now))
                """
            )
            return rule
        }
    }
}

/// Before any run of any shop: what is seeded holds for the past that a shop writes down later.
private let beginning = Day(year: 2000, month: 1, day: 1)
