import Shop
import Store

extension RunPage {
    /// A session that was planned and not held, with what moves it and what calls it off.
    struct Planned: Sendable {
        let words: String
        let details: String
        let state: SessionTag
        let hold: String?
        let move: PlanForm?
        let cancel: Cancel?
    }

    struct Cancel: Sendable {
        let action: String
        let key: String
        let motive: Field
    }

    /// Where a session is planned or moved; `suffix` stands behind the name of each field.
    struct PlanForm: Sendable {
        let action: String
        let key: String
        let suffix: String
        let module: Choice
        let plannedOn: Field
        let startsAt: Field
        let minutes: Field
        let place: Field
    }
}

extension RunPage.Planned {
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ row: SessionRow,
        _ form: Form,
        path: String,
        mayWrite: Bool,
        newKey: () -> ID<Claim>
    ) {
        let isOpen = mayWrite && row.state == .planned
        let action = "\(path)/plans/\(row.id)"
        self.init(
            words: words(
                "run_planned_when",
                [
                    "day": row.day.spelledInWeek(in: words.language),
                    "time": row.startsAt?.clock ?? "",
                ]
            ),
            details: [
                "\(row.module). \(row.moduleName)", Written.minutes(row.minutes), row.place,
            ].filter { !$0.isEmpty }.joined(separator: " · "),
            state: SessionTag(words, row.state),
            hold: isOpen ? "\(path)?session=\(row.id)#attendance" : nil,
            move: isOpen
                ? RunPage.PlanForm(
                    words,
                    sheet,
                    row,
                    form,
                    action: action,
                    key: newKey(),
                    today: row.day
                ) : nil,
            cancel: isOpen
                ? RunPage.Cancel(
                    action: "\(action)/cancellation",
                    key: newKey().text,
                    motive: Field(
                        "motive-cancel-\(row.id)",
                        label: words("run_cancel_motive"),
                        hint: words("run_motive_hint")
                    )
                ) : nil
        )
    }
}

extension RunPage.PlanForm {
    /// - Parameter row: what is moved; nil for a session to plan: a week after the last one, at its hour.
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ row: SessionRow?,
        _ form: Form,
        action: String,
        key: ID<Claim>,
        today: Day
    ) {
        let suffix = row.map { "-\($0.id)" } ?? "-plan"
        let last = sheet.open.last
        let taken = Set(sheet.sessions.map(\.module))
        let toCome = Set(sheet.open.map(\.module))
        let next = sheet.course.modules.first {
            !taken.contains($0.id) && !toCome.contains($0.position)
        }
        let after = (last?.day ?? sheet.sessions.last?.heldOn).map { $0.adding(days: 7) }
        func typed(_ name: String) -> String? { form[name + suffix] }
        self.init(
            action: action,
            key: key.text,
            suffix: suffix,
            module: sheet.choice(
                "module\(suffix)",
                words,
                chosen: typed("module") ?? row.map { String($0.module) } ?? next?.number
            ),
            plannedOn: Field(
                "planned_on\(suffix)",
                label: words("run_planned_on"),
                value: typed("planned_on") ?? (row?.day ?? max(after ?? today, today)).iso,
                type: "date"
            ),
            startsAt: Field(
                "starts_at\(suffix)",
                label: words("run_starts_at"),
                value: typed("starts_at") ?? (row ?? last)?.startsAt?.clock ?? "",
                type: "time"
            ),
            minutes: Field(
                "planned_minutes\(suffix)",
                label: words("run_planned_minutes"),
                value: typed("planned_minutes") ?? row.map { String($0.minutes) } ?? "",
                hint: row == nil ? words("run_planned_minutes_hint") : nil,
                type: "number",
                isRequired: false
            ),
            place: Field(
                "place\(suffix)",
                label: words("run_place"),
                value: typed("place") ?? row?.place ?? sheet.run.place,
                isRequired: false
            )
        )
    }
}
