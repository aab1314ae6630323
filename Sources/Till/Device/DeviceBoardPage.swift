import Shop
import Store

/// What waits, where, and since when.
struct DeviceBoardPage: Page {
    static let template = "device-board"

    let sections: [Section]
    /// Nothing waits anywhere.
    let isEmpty: Bool

    struct Section: Sendable {
        let id: String
        let name: String
        let count: String
        let path: String
        /// Those that wait for too long; nil where none does.
        let late: Late?
        let oldest: [Line]
        let isEmpty: Bool
    }

    struct Late: Sendable {
        let path: String
        let words: String
    }

    struct Line: Sendable {
        let path: String
        let label: String
        let icon: String
        let name: String
        let age: String
        let isLate: Bool
        /// That a disk in it is failing; nil where none is.
        let failing: Tag?
    }

    init(_ words: Words, _ board: DeviceBoard, today: Day) {
        sections = board.sections.map { section in
            let path = "/devices?stage=\(section.step.rawValue)"
            return Section(
                id: section.step.rawValue,
                name: section.step.name(in: words.language),
                count: words.number(section.count),
                path: path,
                late: section.late == 0
                    ? nil
                    : Late(
                        path: "\(path)&older_than=\(section.lateDays)",
                        words: words.counted(
                            "board_late",
                            section.late,
                            ["days": words.number(section.lateDays)]
                        )
                    ),
                oldest: section.oldest.map { row in
                    let days = row.since.map { today.number - $0.day.number } ?? 0
                    return Line(
                        path: "/devices/\(row.label)",
                        label: row.label,
                        icon: row.kind.icon,
                        name: row.shownName(words),
                        age: words.waited(days),
                        isLate: days > section.lateDays,
                        failing: row.sound
                            ? nil
                            : Tag(
                                tone: "refused",
                                icon: "storage",
                                words: words("device_disk_replace")
                            )
                    )
                },
                isEmpty: section.count == 0
            )
        }
        isEmpty = sections.allSatisfy(\.isEmpty)
    }
}

extension Words {
    /// For how long a machine has waited.
    func waited(_ days: Int) -> String {
        days < 1 ? self("board_today") : counted("board_age", days)
    }
}
