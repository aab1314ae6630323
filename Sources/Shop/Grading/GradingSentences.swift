/// A set of rules as somebody reads it.
extension GradingRules {
    /// The thresholds of each part, then of the total: what is counted, and what it is worth.
    public func thresholds(in language: Language) -> [(name: String, words: String)] {
        let parts = Part.allCases.map { part in
            let steps = (points[part] ?? []).map { step in
                pointsInWords(step.points, in: language) + until(step.below, in: language)
            }
            return (name: part.heading(in: language), words: steps.joined(separator: ", "))
        }
        let totals = grades.map { $0.verdict.name(in: language) + until($0.below, in: language) }
        let total = language.choose("Total", "Total")
        return parts + [(name: total, words: totals.joined(separator: ", "))]
    }

    /// What else holds, a sentence each: disks together, caps, memory, looks.
    public func sentences(in language: Language) -> [String] {
        let most = pointsInWords(diskPointsMost, in: language)
        let disks = language.choose(
            "Les disques s’additionnent, \(most) au plus.",
            "Disks add up, to \(most) at most."
        )
        let memory = language.choose(
            "La mémoire est un nombre entier de gigaoctets.",
            "Memory is a whole number of gigabytes."
        )
        let looks = weight.map { weight in
            let (least, most) = (
                Written.number(weight.lowerBound, in: language),
                Written.number(weight.upperBound, in: language)
            )
            return language.choose(
                "L’aspect compte de \(least) à \(most).",
                "Looks count from \(least) to \(most)."
            )
        }
        return [disks] + caps.map { $0.words(in: language) } + (wantsWholeGigabytes ? [memory] : [])
            + (looks.map { [$0] } ?? [])
    }

    private func until(_ below: Int?, in language: Language) -> String {
        guard let below else { return language.choose(" au\u{2011}delà", " beyond") }
        let number = Written.number(below, in: language)
        return language.choose(" sous\u{A0}\(number)", " under\u{A0}\(number)")
    }
}

extension GradingRules.Part {
    /// With what is counted of it.
    fileprivate func heading(in language: Language) -> String {
        let name = name(in: language)
        return switch self {
        case .processor: name + language.choose(" (indice PassMark)", " (PassMark mark)")
        case .memory, .hdd, .ssd, .nvme: name + language.choose(" (Go)", " (GB)")
        }
    }
}
