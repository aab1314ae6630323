import Shop

/// A machine written down by hand.
struct NewDevicePage: Page {
    static let template = "device-new"

    let key: String
    let workplace: WorkplaceBar?
    let refusal: RefusalCard?
    let mistakes: Mistakes?
    let kind: Choice
    let maker: Field
    let model: Field
    let serial: Field
    let label: Field
    let storage: Field
    let storageSerial: Field
    let batch: Field
    let isPublic: Bool

    init(
        _ words: Words,
        key: String,
        workplace: WorkplaceBar? = nil,
        form: Form? = nil,
        refusal: Refusal? = nil
    ) {
        self.key = key
        self.workplace = workplace
        let wrong = refusal?.field.map { ($0.name, refusal?.told(in: words.language).what ?? "") }
        func error(_ name: String) -> String? { wrong?.0 == name ? wrong?.1 : nil }
        mistakes = Mistakes(wrong.map { [(name: $0.0, words: $0.1)] } ?? [])
        self.refusal = wrong == nil ? refusal.map { RefusalCard($0, in: words.language) } : nil
        kind = Choice(
            "kind",
            label: words("device_kind"),
            options: DeviceKind.allCases.map { ($0.rawValue, $0.name(in: words.language)) },
            chosen: form?["kind"] ?? DeviceKind.smartphone.rawValue
        )
        maker = Field(
            "maker",
            label: words("device_maker"),
            value: form?["maker"] ?? "",
            error: error("maker")
        )
        model = Field(
            "model",
            label: words("device_model"),
            value: form?["model"] ?? "",
            error: error("model")
        )
        serial = Field(
            "serial",
            label: words("device_serial"),
            value: form?["serial"] ?? "",
            hint: words("device_serial_hint"),
            error: error("serial"),
            isRequired: false
        )
        label = Field(
            "label",
            label: words("device_label"),
            value: form?["label"] ?? "",
            hint: words("device_label_hint"),
            error: error("label"),
            isRequired: false
        )
        storage = Field(
            "storage",
            label: words("device_storage"),
            value: form?["storage"] ?? "",
            hint: words("device_storage_hint"),
            error: error("disk"),
            type: "number",
            isRequired: false
        )
        storageSerial = Field(
            "storage_serial",
            label: words("device_storage_serial"),
            value: form?["storage_serial"] ?? "",
            isRequired: false
        )
        batch = Field(
            "batch",
            label: words("batch_batch"),
            value: form?["batch"] ?? "",
            hint: words("device_batch_hint"),
            error: error("batch"),
            isRequired: false
        )
        isPublic = form?["public"] == "yes"
    }
}
