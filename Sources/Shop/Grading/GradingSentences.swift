/// A set of rules as somebody reads it.
extension GradingRules {
    /// A line a part, then the totals, the caps and what else holds.
    public func sentences(in language: Language) -> [String] {
        let colon = language.choose("\u{A0}: ", ": ")
        let parts = Part.allCases.map { part in
            let steps = (points[part] ?? []).map { step in
                pointsInWords(step.points, in: language) + until(step.below, in: language)
            }
            return part.heading(in: language) + colon + steps.joined(separator: ", ")
        }
        let totals =
            language.choose("Catégorie", "Grade") + colon
            + grades.map { $0.verdict.name(in: language) + until($0.below, in: language) }
            .joined(separator: ", ")
        let disks = language.choose(
            "Les disques s’additionnent, \(pointsInWords(diskPointsMost, in: language)) au plus.",
            "Disks add up, to \(pointsInWords(diskPointsMost, in: language)) at most."
        )
        let memory =
            wantsWholeGigabytes
            ? [
                language.choose(
                    "La mémoire est un nombre entier de gigaoctets.",
                    "Memory is a whole number of gigabytes."
                )
            ] : []
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
        return parts + [disks, totals] + caps.map { $0.words(in: language) } + memory
            + (looks.map { [$0] } ?? [])
    }

    private func until(_ below: Int?, in language: Language) -> String {
        guard let below else { return language.choose(" au-delà", " beyond") }
        let number = Written.number(below, in: language)
        return language.choose(" sous \(number)", " under \(number)")
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
