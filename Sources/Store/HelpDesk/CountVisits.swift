import Postgres
public import Shop

/// How many visits of some days were about a theme. It names nobody; what is so few that somebody might be recognised is
/// not told.
public struct ThemeCount: Hashable, Sendable, Codable {
    /// Nil for all visits, whatever they were about.
    public let theme: String?
    public let fr: String
    public let en: String
    /// Nil: some, fewer than may be told.
    public let visits: Int?

    public init(theme: String?, fr: String, en: String, visits: Int?) {
        self.theme = theme
        self.fr = fr
        self.en = en
        self.visits = visits
    }

    public func words(in language: Language) -> String { language.choose(fr, en) }
}

/// The counts of some days, and below which number none is told.
public struct VisitCounts: Sendable, Codable {
    public let least: Int
    /// All visits first, then each theme that any of them had, by code. A visit counts for each of its themes.
    public let counts: [ThemeCount]
}

extension Store {
    /// Visits that stand, by theme.
    public func countVisits(_ filter: DeskFilter) async throws -> VisitCounts {
        let today = today
        return try await transaction { tx in
            let least = try tx.number("cell_least", on: today)
            // So many visits of so many people, an anonymous visit being of somebody else, and so many that it leaves out.
            func told(_ visits: Int, people: Int, of all: Int) -> Int? {
                let isTold = visits >= least && people >= least
                let leavesFew = (1..<least).contains(all - visits)
                return visits == 0 || (isTold && !leavesFew) ? visits : nil
            }
            let standing: SQL = """
                visits v where \(filter.condition(of: "v", on: "held_on")) and not exists (select from visit_take_backs b where b.visit_id = v.id)
                """
            let people: SQL = "count(distinct coalesce(person_now(v.person_id), v.id))"
            let whole = try tx.query(
                "select count(*) as visits, \(people) as people from \(standing)"
            )[0]
            let all: Int = try whole["visits"]
            let rows = try tx.query(
                """
                select t.theme, count(*) as visits, \(people) as people, (array_agg(h.name_fr order by h.starts_on desc))[1] as fr,
                       (array_agg(h.name_en order by h.starts_on desc))[1] as en
                from visit_themes t join visits v on v.id = t.visit_id join help_desk_codes h
                    on h.list = 'theme' and h.code = t.theme and h.starts_on = t.theme_starts_on
                where t.visit_id in (select v.id from \(standing)) group by t.theme order by t.theme
                """
            )
            let first = ThemeCount(
                theme: nil,
                fr: "Tous les passages",
                en: "All visits",
                visits: told(all, people: try whole["people"], of: all)
            )
            return VisitCounts(
                least: least,
                counts: [first]
                    + (try rows.map { row in
                        ThemeCount(
                            theme: try row["theme"],
                            fr: try row["fr"],
                            en: try row["en"],
                            visits: told(try row["visits"], people: try row["people"], of: all)
                        )
                    })
            )
        }
    }
}

extension VisitCounts {
    /// As a table to keep.
    public func table(in language: Language) -> Table {
        var table = Table(
            language.choose("Passages", "Visits"),
            header: [
                language.choose("Code", "Code"), language.choose("Thème", "Theme"),
                language.choose("Passages", "Visits"),
            ]
        )
        for count in counts {
            table.add([
                count.theme.map { .text($0) } ?? .nothing, .text(count.words(in: language)),
                count.visits.map { .number($0) }
                    ?? .text(language.choose("moins de ", "under ") + "\(least)"),
            ])
        }
        return table
    }
}
