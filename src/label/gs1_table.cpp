#include "label/gs1_table.hpp"

#include <cstddef>

#include "label/characters.hpp"

namespace label {
namespace {

constexpr std::string_view kItem = "01,02,8006,8026";
constexpr std::string_view kItemOrMade = "01,02,03,8006,8026";
constexpr std::string_view kMeasured = "30,31nn,32nn,35nn,36nn";
constexpr std::string_view kItemMeasured = "01 30,31nn,32nn,35nn,36nn";

// As the standard writes it. Format: parts of N (digits), X (set 82), Y (39) or Z (64) with a
// length or ".." and the longest; "?" may be left out; "=" and a letter of kRuleLetters is how it
// is checked; "*" the length is predefined.
struct Row {
    std::string_view ai, format, title, needs, excludes;
};

// One identifier a line:
// clang-format off
constexpr Row kRows[] = {
    {"00", "N18=c*", "SSCC", "", ""},
    {"01", "N14=c*", "GTIN", "", "255,37"},
    {"02", "N14=c*", "CONTENT", "37", "01,03"},
    {"03", "N14=c*", "MTO GTIN", "", "01,02,37"},
    {"10", "X..20", "BATCH/LOT", kItemOrMade, ""},
    {"11", "N6=0*", "PROD DATE", kItemOrMade, ""},
    {"12", "N6=0*", "DUE DATE", "8020", ""},
    {"13", "N6=0*", "PACK DATE", kItemOrMade, ""},
    {"15", "N6=0*", "BEST BEFORE or BEST BY", kItemOrMade, ""},
    {"16", "N6=0*", "SELL BY", kItemOrMade, ""},
    {"17", "N6=0*", "USE BY or EXPIRY", "01,02,03,255,8006,8026", ""},
    {"20", "N2*", "VARIANT", kItem, ""},
    {"21", "X..20", "SERIAL", "01,03,8006", "235"},
    {"22", "X..20", "CPV", "01", ""},
    {"235", "X..28", "TPX", "01", ""},
    {"240", "X..30", "ADDITIONAL ID", kItem, ""},
    {"241", "X..30", "CUST. PART No.", kItem, ""},
    {"242", "N..6", "MTO VARIANT", kItem, ""},
    {"243", "X..20", "PCN", "01", ""},
    {"250", "X..30", "SECONDARY SERIAL", "01,8006 21", ""},
    {"251", "X..30", "REF. TO SOURCE", "01,8006", ""},
    {"253", "N13=c X..17?", "GDTI", "", ""},
    {"254", "X..20", "GLN EXTENSION COMPONENT", "414", ""},
    {"255", "N13=c N..12?", "GCN", "", "01,02,415,8006,8020,8026"},
    {"30", "N..8", "VAR. COUNT", "01,02", ""},
    {"3100-3105", "N6*", "NET WEIGHT (kg)", "01,02", "310n"},
    {"3110-3115", "N6*", "LENGTH (m)", "01,02", "311n"},
    {"3120-3125", "N6*", "WIDTH (m)", "01,02", "312n"},
    {"3130-3135", "N6*", "HEIGHT (m)", "01,02", "313n"},
    {"3140-3145", "N6*", "AREA (m²)", "01,02", "314n"},
    {"3150-3155", "N6*", "NET VOLUME (l)", "01,02", "315n"},
    {"3160-3165", "N6*", "NET VOLUME (m³)", "01,02", "316n"},
    {"3200-3205", "N6*", "NET WEIGHT (lb)", "01,02", "320n"},
    {"3210-3215", "N6*", "LENGTH (in)", "01,02", "321n"},
    {"3220-3225", "N6*", "LENGTH (ft)", "01,02", "322n"},
    {"3230-3235", "N6*", "LENGTH (yd)", "01,02", "323n"},
    {"3240-3245", "N6*", "WIDTH (in)", "01,02", "324n"},
    {"3250-3255", "N6*", "WIDTH (ft)", "01,02", "325n"},
    {"3260-3265", "N6*", "WIDTH (yd)", "01,02", "326n"},
    {"3270-3275", "N6*", "HEIGHT (in)", "01,02", "327n"},
    {"3280-3285", "N6*", "HEIGHT (ft)", "01,02", "328n"},
    {"3290-3295", "N6*", "HEIGHT (yd)", "01,02", "329n"},
    {"3300-3305", "N6*", "GROSS WEIGHT (kg)", "00,01", "330n"},
    {"3310-3315", "N6*", "LENGTH (m), log", "00,01", "331n"},
    {"3320-3325", "N6*", "WIDTH (m), log", "00,01", "332n"},
    {"3330-3335", "N6*", "HEIGHT (m), log", "00,01", "333n"},
    {"3340-3345", "N6*", "AREA (m²), log", "00,01", "334n"},
    {"3350-3355", "N6*", "VOLUME (l), log", "00,01", "335n"},
    {"3360-3365", "N6*", "VOLUME (m³), log", "00,01", "336n"},
    {"3370-3375", "N6*", "KG PER m²", "01", "337n"},
    {"3400-3405", "N6*", "GROSS WEIGHT (lb)", "00,01", "340n"},
    {"3410-3415", "N6*", "LENGTH (in), log", "00,01", "341n"},
    {"3420-3425", "N6*", "LENGTH (ft), log", "00,01", "342n"},
    {"3430-3435", "N6*", "LENGTH (yd), log", "00,01", "343n"},
    {"3440-3445", "N6*", "WIDTH (in), log", "00,01", "344n"},
    {"3450-3455", "N6*", "WIDTH (ft), log", "00,01", "345n"},
    {"3460-3465", "N6*", "WIDTH (yd), log", "00,01", "346n"},
    {"3470-3475", "N6*", "HEIGHT (in), log", "00,01", "347n"},
    {"3480-3485", "N6*", "HEIGHT (ft), log", "00,01", "348n"},
    {"3490-3495", "N6*", "HEIGHT (yd), log", "00,01", "349n"},
    {"3500-3505", "N6*", "AREA (in²)", "01,02", "350n"},
    {"3510-3515", "N6*", "AREA (ft²)", "01,02", "351n"},
    {"3520-3525", "N6*", "AREA (yd²)", "01,02", "352n"},
    {"3530-3535", "N6*", "AREA (in²), log", "00,01", "353n"},
    {"3540-3545", "N6*", "AREA (ft²), log", "00,01", "354n"},
    {"3550-3555", "N6*", "AREA (yd²), log", "00,01", "355n"},
    {"3560-3565", "N6*", "NET WEIGHT (t oz)", "01,02", "356n"},
    {"3570-3575", "N6*", "NET VOLUME (oz)", "01,02", "357n"},
    {"3600-3605", "N6*", "NET VOLUME (qt)", "01,02", "360n"},
    {"3610-3615", "N6*", "NET VOLUME (gal.)", "01,02", "361n"},
    {"3620-3625", "N6*", "VOLUME (qt), log", "00,01", "362n"},
    {"3630-3635", "N6*", "VOLUME (gal.), log", "00,01", "363n"},
    {"3640-3645", "N6*", "VOLUME (in³)", "01,02", "364n"},
    {"3650-3655", "N6*", "VOLUME (ft³)", "01,02", "365n"},
    {"3660-3665", "N6*", "VOLUME (yd³)", "01,02", "366n"},
    {"3670-3675", "N6*", "VOLUME (in³), log", "00,01", "367n"},
    {"3680-3685", "N6*", "VOLUME (ft³), log", "00,01", "368n"},
    {"3690-3695", "N6*", "VOLUME (yd³), log", "00,01", "369n"},
    {"37", "N..8", "COUNT", "00 02,8026", ""},
    {"3900-3909", "N..15", "AMOUNT", "255,8020", "390n,391n,394n,8111"},
    {"3910-3919", "N3 N..15", "AMOUNT", "8020", "391n"},
    {"3920-3929", "N..15", "PRICE", kItemMeasured, "392n,393n"},
    {"3930-3939", "N3 N..15", "PRICE", kMeasured, "393n"},
    {"3940-3943", "N4", "PRCNT OFF", "255", "394n,8111"},
    {"3950-3955", "N6", "PRICE/UoM", kMeasured, "392n,393n,395n,8005"},
    {"400", "X..30", "ORDER NUMBER", "", ""},
    {"401", "X..30", "GINC", "", ""},
    {"402", "N17=c", "GSIN", "", ""},
    {"403", "X..30", "ROUTE", "00", ""},
    {"410", "N13=c*", "SHIP TO LOC", "", ""},
    {"411", "N13=c*", "BILL TO", "", ""},
    {"412", "N13=c*", "PURCHASE FROM", "", ""},
    {"413", "N13=c*", "SHIP FOR LOC", "", ""},
    {"414", "N13=c*", "LOC No.", "", ""},
    {"415", "N13=c*", "PAY TO", "8020", ""},
    {"416", "N13=c*", "PROD/SERV LOC", "", ""},
    {"417", "N13=c*", "PARTY", "", ""},
    {"420", "X..20", "SHIP TO POST", "", "421"},
    {"421", "N3 X..9", "SHIP TO POST", "", "4307"},
    {"422", "N3", "ORIGIN", kItem, "426"},
    {"423", "N3 N..12?", "COUNTRY - INITIAL PROCESS", "01,02", "426"},
    {"424", "N3", "COUNTRY - PROCESS", "01,02", "426"},
    {"425", "N3 N..12?", "COUNTRY - DISASSEMBLY", "01,02", "426"},
    {"426", "N3", "COUNTRY - FULL PROCESS", "01,02", ""},
    {"427", "X..3", "ORIGIN SUBDIVISION", "01,02 422", ""},
    {"4300", "X..35", "SHIP TO COMP", "00", ""},
    {"4301", "X..35", "SHIP TO NAME", "00", ""},
    {"4302", "X..70", "SHIP TO ADD1", "00", ""},
    {"4303", "X..70", "SHIP TO ADD2", "4302", ""},
    {"4304", "X..70", "SHIP TO SUB", "00", ""},
    {"4305", "X..70", "SHIP TO LOC", "00", ""},
    {"4306", "X..70", "SHIP TO REG", "00", ""},
    {"4307", "X2", "SHIP TO COUNTRY", "00", ""},
    {"4308", "X..30", "SHIP TO PHONE", "00", ""},
    {"4309", "N10=a N10=o", "SHIP TO GEO", "00", ""},
    {"4310", "X..35", "RTN TO COMP", "00", ""},
    {"4311", "X..35", "RTN TO NAME", "00", ""},
    {"4312", "X..70", "RTN TO ADD1", "00", ""},
    {"4313", "X..70", "RTN TO ADD2", "4312", ""},
    {"4314", "X..70", "RTN TO SUB", "00", ""},
    {"4315", "X..70", "RTN TO LOC", "00", ""},
    {"4316", "X..70", "RTN TO REG", "00", ""},
    {"4317", "X2", "RTN TO COUNTRY", "00", ""},
    {"4318", "X..20", "RTN TO POST", "00", ""},
    {"4319", "X..30", "RTN TO PHONE", "00", ""},
    {"4320", "X..35", "SRV DESCRIPTION", "00", ""},
    {"4321", "N1=y", "DANGEROUS GOODS", "00", ""},
    {"4322", "N1=y", "AUTH TO LEAVE", "00", ""},
    {"4323", "N1=y", "SIG REQUIRED", "00", ""},
    {"4324", "N6=0 N4=m", "NOT BEF DEL DT", "00", ""},
    {"4325", "N6=0 N4=m", "NOT AFT DEL DT", "00", ""},
    {"4326", "N6=d", "REL DATE", "00", ""},
    {"4330", "N6 X1=-?", "MAX TEMP F.", "00", "4331"},
    {"4331", "N6 X1=-?", "MAX TEMP C.", "00", "4330"},
    {"4332", "N6 X1=-?", "MIN TEMP F.", "00", "4333"},
    {"4333", "N6 X1=-?", "MIN TEMP C.", "00", "4332"},
    {"7001", "N13", "NSN", kItem, ""},
    {"7002", "X..30", "MEAT CUT", "01,02", ""},
    {"7003", "N6=d N4=m", "EXPIRY TIME", "01,02", ""},
    {"7004", "N..4", "ACTIVE POTENCY", "01 10", ""},
    {"7005", "X..12", "CATCH AREA", "01,02", ""},
    {"7006", "N6=d", "FIRST FREEZE DATE", "01,02", ""},
    {"7007", "N6=d N6=d?", "HARVEST DATE", "01,02", ""},
    {"7008", "X..3", "AQUATIC SPECIES", "01,02", ""},
    {"7009", "X..10", "FISHING GEAR TYPE", "01,02", ""},
    {"7010", "X..2", "PROD METHOD", "01,02", ""},
    {"7011", "N6=d N4=m?", "TEST BY DATE", "01,02", ""},
    {"7020", "X..20", "REFURB LOT", "01,8006 416", ""},
    {"7021", "X..20", "FUNC STAT", "01,8006", ""},
    {"7022", "X..20", "REV STAT", "7021", ""},
    {"7023", "X..30", "GIAI - ASSEMBLY", "", ""},
    {"7030-7039", "N3 X..27", "PROCESSOR # s", "01,02", ""},
    {"7040", "N1 X3", "UIC+EXT", "", ""},
    {"7041", "X..4", "UFRGT UNIT TYPE", "00", ""},
    {"710", "X..20", "NHRN PZN", "01", ""},
    {"711", "X..20", "NHRN CIP", "01", ""},
    {"712", "X..20", "NHRN CN", "01", ""},
    {"713", "X..20", "NHRN DRN", "01", ""},
    {"714", "X..20", "NHRN AIM", "01", ""},
    {"715", "X..20", "NHRN NDC", "01", ""},
    {"716", "X..20", "NHRN AIC", "01", ""},
    {"7230-7239", "X2 X..28", "CERT # s", "01,8004", ""},
    {"7240", "X..20", "PROTOCOL", "01,8006", ""},
    {"7241", "N2=M", "AIDC MEDIA TYPE", "8017,8018", ""},
    {"7242", "X..25", "VCN", "8017,8018", ""},
    {"7250", "N8=l", "DOB", "8018", "7251"},
    {"7251", "N8=l N4=m", "DOB TIME", "8018", "7250"},
    {"7252", "N1=x", "BIO SEX", "8018", ""},
    {"7253", "X..40", "FAMILY NAME", "8017,8018", "7256,7259"},
    {"7254", "X..40", "GIVEN NAME", "8017,8018", "7256,7259"},
    {"7255", "X..10", "SUFFIX", "8017,8018", "7256,7259"},
    {"7256", "X..90", "FULL NAME", "8017,8018", ""},
    {"7257", "X..70", "PERSON ADDR", "8018", ""},
    {"7258", "X3", "BIRTH SEQUENCE", "8018+7259", ""},
    {"7259", "X..40", "BABY", "8018", "7256"},
    {"8001", "N4=z N5=z N3=z N1=w N1", "DIMENSIONS", "01", ""},
    {"8002", "X..20", "CMT No.", "", ""},
    {"8003", "N1=Z N13=c X..16?", "GRAI", "", ""},
    {"8004", "X..30", "GIAI", "", ""},
    {"8005", "N6", "PRICE PER UNIT", "01,02", ""},
    {"8006", "N14=c N4=p", "ITIP", "", "01,37"},
    {"8007", "X..34=i", "IBAN", "415", ""},
    {"8008", "N6=d N2=h N2=s? N2=s?", "PROD TIME", "01,02", ""},
    {"8009", "X..50", "OPTSEN", "00,01", ""},
    {"8010", "Y..30", "CPID", "", ""},
    {"8011", "N..12", "CPID SERIAL", "8010", ""},
    {"8012", "X..20", "VERSION", "01,8006", ""},
    {"8013", "X..25=C", "GMN", "", ""},
    {"8014", "X..25=C", "MUDI", "01", ""},
    {"8017", "N18=c", "GSRN - PROVIDER", "", "8018"},
    {"8018", "N18=c", "GSRN - RECIPIENT", "", "8017"},
    {"8019", "N..10", "SRIN", "8017,8018", ""},
    {"8020", "X..25", "REF No.", "415", ""},
    {"8026", "N14=c N4=p", "ITIP CONTENT", "37", "02,8006"},
    {"8030", "Z..90", "DIGSIG", "00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018", ""},
    {"8110", "X..70", "COUPON CODE", "", ""},
    {"8111", "N4", "POINTS", "255", ""},
    {"8112", "X..70", "POSITIVE OFFER", "", ""},
    {"8200", "X..70", "PRODUCT URL", "01", ""},
    {"90", "X..30", "INTERNAL", "", ""},
    {"91", "X..90", "INTERNAL", "", ""},
    {"92", "X..90", "INTERNAL", "", ""},
    {"93", "X..90", "INTERNAL", "", ""},
    {"94", "X..90", "INTERNAL", "", ""},
    {"95", "X..90", "INTERNAL", "", ""},
    {"96", "X..90", "INTERNAL", "", ""},
    {"97", "X..90", "INTERNAL", "", ""},
    {"98", "X..90", "INTERNAL", "", ""},
    {"99", "X..90", "INTERNAL", "", ""},
};
// clang-format on

constexpr struct {
    char letter;
    Rule rule;
} kRuleLetters[] = {
    {'c', Rule::CheckDigit}, {'C', Rule::CheckPair}, {'0', Rule::DayMayBe00},
    {'d', Rule::Day},        {'l', Rule::LongDay},   {'m', Rule::Minute},
    {'h', Rule::Hour},       {'s', Rule::Sixty},     {'Z', Rule::Zero},
    {'z', Rule::NotZero},    {'y', Rule::YesNo},     {'p', Rule::PieceOfTotal},
    {'w', Rule::Winding},    {'x', Rule::Sex},       {'M', Rule::Media},
    {'-', Rule::Minus},      {'a', Rule::Latitude},  {'o', Rule::Longitude},
    {'i', Rule::Iban},
};

constexpr int read_number(std::string_view& text) {
    int value = 0;
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1))
        value = value * 10 + (text.front() - '0');
    return value;
}

constexpr Part read_part(std::string_view text) {
    Part part;
    const char set = text.front();
    part.charset = set == 'N'   ? Charset::Numeric
                   : set == 'X' ? Charset::Set82
                   : set == 'Y' ? Charset::Set39
                                : Charset::Set64;
    text.remove_prefix(1);
    const bool any_length = text.starts_with("..");
    if (any_length) text.remove_prefix(2);
    part.max = static_cast<std::uint8_t>(read_number(text));
    part.min = any_length ? std::uint8_t{1} : part.max;
    if (text.starts_with("=")) {
        for (const auto& row : kRuleLetters)
            if (row.letter == text[1]) part.rule = row.rule;
        if (part.rule == Rule::None) throw "no such rule";
        text.remove_prefix(2);
    }
    if (text == "?") part.min = 0;
    return part;
}

constexpr Ai read_row(const Row& row) {
    Ai ai;
    std::string_view code = row.ai;
    ai.digits = static_cast<std::uint8_t>(code.substr(0, code.find('-')).size());
    ai.first = static_cast<std::uint16_t>(read_number(code));
    ai.last = ai.first;
    if (!code.empty()) {
        code.remove_prefix(1);
        ai.last = static_cast<std::uint16_t>(read_number(code));
    }
    std::string_view format = row.format;
    if (format.ends_with('*')) {
        ai.predefined = true;
        format.remove_suffix(1);
    }
    while (!format.empty()) {
        const Part part = read_part(take_until(format, ' '));
        ai.parts[ai.part_count++] = part;
        ai.min = static_cast<std::uint8_t>(ai.min + part.min);
        ai.max = static_cast<std::uint8_t>(ai.max + part.max);
    }
    ai.title = row.title;
    ai.needs = row.needs;
    ai.excludes = row.excludes;
    return ai;
}

constexpr auto kAis = [] {
    std::array<Ai, std::size(kRows)> ais{};
    for (std::size_t i = 0; i < ais.size(); ++i) ais[i] = read_row(kRows[i]);
    return ais;
}();

struct Bucket {  // of the identifiers that begin with the same two digits
    std::uint8_t digits = 0;
    std::uint16_t begin = 0, end = 0;  // indices of kAis
};

constexpr auto kBuckets = [] {
    std::array<Bucket, 100> buckets{};
    for (std::size_t i = 0; i < kAis.size(); ++i) {
        std::size_t two = kAis[i].first;
        while (two >= 100) two /= 10;
        Bucket& bucket = buckets[two];
        if (bucket.digits == 0) bucket.begin = static_cast<std::uint16_t>(i);
        bucket.digits = kAis[i].digits;
        bucket.end = static_cast<std::uint16_t>(i + 1);
    }
    return buckets;
}();

constexpr bool is_in_order() {
    for (std::size_t i = 1; i < std::size(kRows); ++i)
        if (kRows[i - 1].ai.substr(0, 2) > kRows[i].ai.substr(0, 2)) return false;
    return true;
}
static_assert(is_in_order(), "the buckets need it");

constexpr std::size_t two_digits(char first, char second) {
    return static_cast<std::size_t>(first - '0') * 10 + static_cast<std::size_t>(second - '0');
}

}  // namespace

std::span<const Ai> all_ais() { return kAis; }

int ai_digits(char first, char second) {
    if (!is_digit(first) || !is_digit(second)) return 0;
    return kBuckets[two_digits(first, second)].digits;
}

int predefined_size(char first, char second) {
    if (!is_digit(first) || !is_digit(second)) return 0;
    const std::size_t two = two_digits(first, second);
    if (two == 0) return 20;
    if (two <= 3) return 16;
    if (two == 4) return 18;
    if (two >= 11 && two <= 19) return 8;
    if (two == 20) return 4;
    if (two >= 31 && two <= 36) return 10;
    return two == 41 ? 16 : 0;
}

const Ai* find_ai(std::string_view text) {
    if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return nullptr;
    const Bucket& bucket = kBuckets[two_digits(text[0], text[1])];
    if (bucket.digits == 0 || text.size() < bucket.digits) return nullptr;
    int number = 0;
    for (const char c : text.substr(0, bucket.digits)) {
        if (!is_digit(c)) return nullptr;
        number = number * 10 + (c - '0');
    }
    for (std::size_t i = bucket.begin; i < bucket.end; ++i)
        if (number >= kAis[i].first && number <= kAis[i].last) return &kAis[i];
    return nullptr;
}

const Ai* ai_named(std::string_view code) {
    const Ai* ai = find_ai(code);
    return ai != nullptr && ai->digits == code.size() ? ai : nullptr;
}

}  // namespace label
