import Shop
import Store

/// The versions of each moment's questions, the newest first, each with what it changed.
struct VersionsPage: Page {
    static let template = "questionnaire-versions"

    let back: String?
    let results: String
    let moments: [Part]

    struct Part: Sendable {
        let words: String
        let isEmpty: Bool
        let versions: [Version]
    }

    struct Version: Sendable {
        let since: String
        let state: Tag
        let isOpen: Bool
        let questions: [Asked]
        let hasChanges: Bool
        let changes: [String]
    }

    struct Asked: Sendable {
        let number: String
        let words: String
        let kind: String
        let choices: String?
    }

    init(
        _ words: Words,
        _ all: [Questionnaire],
        today: Day,
        mayOpen: (String) -> Bool
    ) {
        back = ["/questionnaires"].first(where: mayOpen)
        results = "/questionnaires/results"
        moments = Moment.allCases.map { moment in
            let versions = all.filter { $0.moment == moment }
            let present = versions.inForce(on: today)
            return Part(
                words: moment.name(in: words.language),
                isEmpty: versions.isEmpty,
                versions: versions.map { version in
                    Version(
                        version,
                        before: versions.filter { $0.startsOn < version.startsOn }
                            .max { $0.startsOn < $1.startsOn },
                        isPresent: version == present,
                        today: today,
                        words
                    )
                }
            )
        }
    }
}

extension VersionsPage.Version {
    fileprivate init(
        _ version: Questionnaire,
        before: Questionnaire?,
        isPresent: Bool,
        today: Day,
        _ words: Words
    ) {
        let language = words.language
        since = words("questionnaire_version_since", ["day": version.startsOn.printed])
        state =
            if isPresent {
                Tag(tone: "done", icon: "done", words: words("questionnaire_version_present"))
            } else if version.startsOn > today {
                Tag(tone: "warning", icon: "calendar", words: words("questionnaire_version_next"))
            } else {
                Tag(tone: "", icon: "clock", words: words("questionnaire_version_past"))
            }
        isOpen = isPresent
        questions = version.questions.enumerated().map { index, question in
            VersionsPage.Asked(
                number: String(index + 1),
                words: question.words(in: language),
                kind: question.kind.name(in: language),
                choices: question.choices.isEmpty
                    ? question.kind == .number
                        ? "\(question.least ?? 0)–\(question.most ?? 0)" : nil
                    : question.choices.map { $0.words(in: language) }.joined(separator: " · ")
            )
        }
        changes =
            before.map {
                QuestionnaireDifference(from: $0.questions, to: version.questions).lines.map {
                    $0.words(in: language)
                }
            } ?? []
        hasChanges = !changes.isEmpty
    }
}
