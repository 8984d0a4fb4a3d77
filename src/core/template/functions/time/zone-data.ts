/**
 * Names and abbreviations of the IANA time zone database, 2025c; data, made from what Go reads out of it.
 *
 * An entry says which letters stand for which offset (seconds east of Greenwich), and for which zones; a blank begins a
 * line that continues one. Where letters changed over time the latest are kept. Offsets that are not named print as
 * numbers, like `-03`. The offsets themselves are not here: JavaScript knows them.
 */
export const ZONE_DATA = `
-: Africa/Casablanca Africa/El_Aaiun America/Araguaina America/Bahia America/Belem America/Boa_Vista
 America/Campo_Grande America/Cayenne America/Cuiaba America/Eirunepe America/Godthab America/Guyana America/Lima
 America/Maceio America/Manaus America/Noronha America/Nuuk America/Porto_Acre America/Porto_Velho America/Recife
 America/Rio_Branco America/Santarem America/Sao_Paulo America/Scoresbysund Antarctica/Casey Antarctica/Davis
 Antarctica/DumontDUrville Antarctica/Mawson Antarctica/Palmer Antarctica/Rothera Antarctica/Syowa Antarctica/Troll
 Antarctica/Vostok Asia/Aden Asia/Almaty Asia/Anadyr Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Ashkhabad Asia/Atyrau
 Asia/Bahrain Asia/Baku Asia/Bishkek Asia/Brunei Asia/Chita Asia/Choibalsan Asia/Dili Asia/Dubai Asia/Dushanbe
 Asia/Hovd Asia/Kabul Asia/Kamchatka Asia/Kashgar Asia/Kathmandu Asia/Katmandu Asia/Khandyga Asia/Krasnoyarsk
 Asia/Kuching Asia/Kuwait Asia/Magadan Asia/Muscat Asia/Novokuznetsk Asia/Novosibirsk Asia/Omsk Asia/Oral Asia/Qatar
 Asia/Qostanay Asia/Qyzylorda Asia/Riyadh Asia/Sakhalin Asia/Samarkand Asia/Srednekolymsk Asia/Tashkent Asia/Thimbu
 Asia/Thimphu Asia/Tomsk Asia/Ulaanbaatar Asia/Ulan_Bator Asia/Urumqi Asia/Ust-Nera Asia/Vladivostok Asia/Yakutsk
 Atlantic/Cape_Verde Atlantic/South_Georgia Australia/Eucla Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West
 Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8
 Etc/GMT+9 Etc/GMT-1 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12 Etc/GMT-13 Etc/GMT-14 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5
 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8 Etc/GMT-9 Europe/Astrakhan Europe/Samara Europe/Saratov Europe/Ulyanovsk
 Indian/Chagos Indian/Christmas Indian/Cocos Indian/Kerguelen Indian/Mahe Indian/Reunion Kwajalein NZ-CHAT
 Pacific/Apia Pacific/Chatham Pacific/Chuuk Pacific/Efate Pacific/Enderbury Pacific/Fakaofo Pacific/Fiji
 Pacific/Funafuti Pacific/Galapagos Pacific/Gambier Pacific/Guadalcanal Pacific/Kanton Pacific/Kiritimati
 Pacific/Kosrae Pacific/Kwajalein Pacific/Majuro Pacific/Nauru Pacific/Niue Pacific/Norfolk Pacific/Noumea
 Pacific/Palau Pacific/Pitcairn Pacific/Pohnpei Pacific/Ponape Pacific/Rarotonga Pacific/Tahiti Pacific/Tarawa
 Pacific/Tongatapu Pacific/Wake Pacific/Wallis
-12652NST -12600NST -9052NDT -9000NDT -5400NDDT: America/St_Johns Canada/Newfoundland
-13252PMT -13236PMT: America/Paramaribo
-13491MMT: America/Montevideo
-1368JMT 0GMT: Atlantic/St_Helena
-13840AMT: America/Asuncion
-13884SMT: Atlantic/Stanley
-14400AST -10800ADT: America/Barbados America/Glace_Bay America/Halifax America/Thule Canada/Atlantic
-14400AST -10800APT: America/Blanc-Sablon America/Kralendijk America/Lower_Princes America/Marigot
 America/Puerto_Rico America/St_Barthelemy America/Virgin
-14400AST -12652NST -12600NST -10800ADT -9052NDT -9000NDT -7200ADDT: America/Goose_Bay
-14400AST: America/Anguilla America/Aruba America/Curacao America/Dominica America/Guadeloupe America/Miquelon
 America/Montserrat America/Port_of_Spain America/St_Kitts America/St_Thomas America/Tortola
-14640CMT -14400AST: America/St_Lucia
-14660FFMT -14400AST -10800ADT: America/Martinique
-14696KMT -14400AST: America/St_Vincent
-14820LMT -14400AST: America/Grenada
-1521DMT 0GMT 2079IST 3600IST: Eire Europe/Dublin
-15408CMT: America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/ComodRivadavia
 America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza
 America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis
 America/Argentina/Tucuman America/Argentina/Ushuaia America/Buenos_Aires America/Catamarca America/Cordoba
 America/Jujuy America/Mendoza America/Rosario
-15558BMT -14400AST -11958BST -10800ADT: Atlantic/Bermuda
-16060CMT: America/Caracas
-16356CMT -12756BST: America/La_Paz
-16965SMT: America/Coyhaique America/Punta_Arenas America/Santiago Chile/Continental
-17776BMT: America/Bogota
-18000EST -14400AST -10800ADT: America/Moncton
-18000EST -14400AST: America/Antigua
-18000EST -14400EDT: America/Montreal America/Nassau America/New_York America/Nipigon America/Thunder_Bay
 America/Toronto Canada/Eastern EST5EDT US/Eastern
-18000EST -16800SDMT -14400AST: America/Santo_Domingo
-18000EST -17340PPMT -14400EDT: America/Port-au-Prince
-18000EST: EST
-18430KMT -18000EST -14400EDT: America/Grand_Turk America/Jamaica Jamaica
-18430KMT -18000EST: America/Cayman
-18840QMT: America/Guayaquil
-19176CMT -18000EST: America/Coral_Harbour America/Panama
-1920LMT 0GMT: Africa/Bamako
-19776HMT -18000CST -14400CDT: America/Havana Cuba
-21600CST -18000CDT -14400EDT: America/Indiana/Tell_City
-21600CST -18000CDT: America/Belize America/Chicago America/El_Salvador America/Guatemala America/Indiana/Knox
 America/Knox_IN America/Menominee America/Merida America/Rainy_River America/Rankin_Inlet America/Resolute
 America/Tegucigalpa America/Winnipeg CST6CDT Canada/Central US/Central US/Indiana-Starke
-21600CST -18000EST -14400EDT: America/Cancun America/Detroit America/Fort_Wayne America/Indiana/Indianapolis
 America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes
 America/Indiana/Winamac America/Indianapolis America/Iqaluit America/Kentucky/Louisville
 America/Kentucky/Monticello America/Louisville America/Pangnirtung US/East-Indiana US/Michigan
-21600CST -18000EST: America/Atikokan
-21600CST -20173SJMT -18000CDT: America/Costa_Rica
-21600CST -20712MMT -18000CDT: America/Managua
-23400LMT -21600CST -18000CDT: America/Matamoros
-25200MST -21600CST -18000CDT: America/Chihuahua America/Mexico_City America/Monterrey America/North_Dakota/Beulah
 America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga Mexico/General
-25200MST -21600CST: America/Regina America/Swift_Current Canada/Saskatchewan
-25200MST -21600MDT -18000CDT: America/Ciudad_Juarez
-25200MST -21600MDT -18000EST: America/Cambridge_Bay
-25200MST -21600MDT: America/Denver America/Edmonton America/Hermosillo America/Mazatlan America/Phoenix
 America/Shiprock America/Yellowknife Canada/Mountain MST7MDT Mexico/BajaSur Navajo US/Arizona US/Mountain
-25200MST: MST
-25260LMT -25200MST -21600CST -18000CDT: America/Bahia_Banderas
-26248EMT: Chile/EasterIsland Pacific/Easter
-2670MMT -2588MMT 0GMT: Africa/Monrovia
-28800PST -25200MST -21600MDT: America/Boise America/Inuvik
-28800PST -25200MST: America/Creston America/Dawson_Creek America/Fort_Nelson
-28800PST -25200PDT: America/Ensenada America/Los_Angeles America/Santa_Isabel America/Tijuana America/Vancouver
 Canada/Pacific Mexico/BajaNorte PST8PDT US/Pacific
-3180FMT 0GMT: Africa/Freetown
-32400AKST -28800AKDT -25200PDT: America/Juneau America/Metlakatla America/Sitka
-32400AKST -28800AKDT: America/Yakutat
-32400YST -28800PST -25200MST: America/Dawson America/Whitehorse Canada/Yukon
-33480LMT: Pacific/Marquesas
-36000AHST -32400AKST -28800AKDT: America/Anchorage US/Alaska
-36000HST: HST
-37800HST -36000HST -34200HPT: Pacific/Honolulu Pacific/Johnston US/Hawaii
-39600BST -36000BDT -32400AKST -28800AKDT: America/Nome
-39600BST -36000HST -32400HDT: America/Adak America/Atka US/Aleutian
-39600SST: Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa
-3996BMT 0GMT: Africa/Banjul
-4056FMT 0WET 3600WEST: Atlantic/Madeira
-51420LMT 34980LMT 36000ChST 39600GDT: Pacific/Saipan
-51660LMT 34740LMT 36000ChST 39600GDT: Pacific/Guam
-5280LMT 0GMT: Atlantic/Reykjavik
-6872HMT 3600WEST: Atlantic/Azores
-9240LMT: America/Fortaleza
0GMT 3464PMT 3600CET 7200CEST: Europe/Bratislava Europe/Prague
0GMT 3600BST 7200BDST: Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London GB GB-Eire
0GMT 3600CET 7200CEST: Europe/Gibraltar
0GMT 3600WAT: Africa/Lagos Africa/Malabo Africa/Niamey Africa/Porto-Novo Africa/Sao_Tome
0GMT: Africa/Abidjan Africa/Accra Africa/Bissau Africa/Conakry Africa/Dakar Africa/Lome Africa/Nouakchott
 Africa/Ouagadougou Africa/Timbuktu America/Danmarkshavn Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT
 GMT+0 GMT-0 GMT0 Greenwich Iceland
0UTC: Etc/UCT Etc/UTC Etc/Universal Etc/Zulu UCT UTC Universal Zulu
0WET 1050BMT 3600CET 7200CEST: Europe/Brussels
0WET 3600CET 7200CEST: Africa/Ceuta Europe/Andorra Europe/Luxembourg Europe/Madrid
0WET 3600WEST 7200CEST: Europe/Lisbon Portugal
0WET 3600WEST: Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe WET
0WET 561PMT 3600CET 7200CEST: Africa/Algiers Europe/Monaco Europe/Paris
10656BMT: Asia/Baghdad
10680LMT: Asia/Yerevan
10751TBMT: Asia/Tbilisi
10800EAT 14400EAST: Indian/Antananarivo
10800EAT: Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Africa/Nairobi
 Indian/Comoro Indian/Mayotte
10800MSK 14400MSK: Europe/Kirov
10800MSK: Europe/Volgograd
1172AMT 3600CET 4772NST 7200CEST: Europe/Amsterdam
12344TMT: Asia/Tehran Iran
13505PMT: Asia/Yekaterinburg
13800LMT: Indian/Mauritius
17640MMT: Indian/Maldives
1786BMT 3600CET 7200CEST: Europe/Busingen Europe/Zurich
18000PKT 21600PKST: Asia/Karachi
19172MMT: Asia/Colombo
19270MMT 19800IST 21200HMT: Asia/Calcutta Asia/Kolkata
20100LMT: Asia/Barnaul
21200HMT: Asia/Dacca Asia/Dhaka
23087RMT: Asia/Rangoon Asia/Yangon
24124BMT: Asia/Bangkok
24925SMT: Asia/Kuala_Lumpur Asia/Singapore Singapore
25025IMT: Asia/Irkutsk
25200WIB 25632BMT: Asia/Jakarta
25200WIB 26240PMT 28800WITA: Asia/Pontianak
25590PLMT: Asia/Ho_Chi_Minh Asia/Phnom_Penh Asia/Saigon Asia/Vientiane
2580LMT 3600CET 7200CEST: Europe/Oslo
28656MMT 28800WITA: Asia/Makassar Asia/Ujung_Pandang
28800AWST 32400AWDT: Australia/Perth Australia/West
28800CST 29160LMT 32400CDT: Asia/Taipei ROC
28800CST 32400CDT: Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai PRC
28800HKT 30600HKWT 32400HKST: Asia/Hong_Kong Hongkong
28800PST 32400PDT: Asia/Manila
2996RMT 3600CET 7200CEST: Europe/Rome Europe/San_Marino Europe/Vatican
30180LMT 30600KST 32400KST: Asia/Pyongyang
3020CMT 3600CET 7200CEST: Europe/Copenhagen
30600KST 32400KST 34200KDT 36000KDT: Asia/Seoul ROK
32400ACST 34200ACST 36000AEST 37800ACDT: Australia/Broken_Hill Australia/Yancowinna
32400ACST 34200ACST 37800ACDT: Australia/Adelaide Australia/Darwin Australia/North Australia/South
32400JST 36000JDT: Asia/Tokyo Japan
32400WIT: Asia/Jayapura
35312PMMT: Pacific/Bougainville Pacific/Port_Moresby Pacific/Truk Pacific/Yap
36000AEST 39600AEDT: Antarctica/Macquarie Australia/ACT Australia/Brisbane Australia/Canberra Australia/Currie
 Australia/Hobart Australia/Lindeman Australia/Melbourne Australia/NSW Australia/Queensland Australia/Sydney
 Australia/Tasmania Australia/Victoria
36000AEST: Australia/LHI Australia/Lord_Howe
3600CET 3614SET 7200CEST: Europe/Stockholm
3600CET 4920LMT 7200CEST: Europe/Belgrade Europe/Podgorica
3600CET 4920LMT 7200EET 14400MSD: Europe/Kaliningrad
3600CET 5040WMT 5736KMT 7200EET 10800EEST 14400MSD: Europe/Vilnius
3600CET 5040WMT 7200CEST 10800EEST: Europe/Warsaw Poland
3600CET 5692AMT 7200EET 10800EEST: Europe/Athens
3600CET 5794RMT 7200EET 9394LST 10800EEST 14400MSD: Europe/Riga
3600CET 5940TMT 7200EET 10800EEST 14400MSD: Europe/Tallinn
3600CET 6264BMT 6900CMT 7200EET 10800EEST 14400MSD: Europe/Chisinau Europe/Tiraspol
3600CET 6600MMT 7200EET 14400MSD: Europe/Minsk
3600CET 7016IMT 7200EET 10800EEST: Europe/Sofia
3600CET 7200CEST 10800CEMT: Arctic/Longyearbyen Atlantic/Jan_Mayen Europe/Berlin
3600CET 7200CEST: CET Europe/Budapest Europe/Ljubljana Europe/Malta Europe/Sarajevo Europe/Skopje Europe/Tirane
 Europe/Vaduz Europe/Vienna Europe/Zagreb
3600CET 7200EET 7324KMT 10800EEST 14400MSD: Europe/Kiev Europe/Kyiv Europe/Uzhgorod Europe/Zaporozhye
3600CET 7200EET 8160SMT 10800MSK 14400MSK: Europe/Simferopol
3600CET 7200EET: Africa/Tripoli Libya
3600MET 7200MEST: MET
3600WAT 7200CAT 10800SAST: Africa/Windhoek
3600WAT 7200CAT: Africa/Lubumbashi
3600WAT 7200WAST: Africa/Ndjamena
3600WAT: Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Libreville Africa/Luanda
41400NZMT 43200NZST 45000NZST 46800NZDT: Antarctica/South_Pole NZ Pacific/Auckland
43200NZST 46800NZDT: Antarctica/McMurdo
5400SAST 6720LMT 7200SAST 10800SAST: Africa/Johannesburg
5400SAST 7200CAT 10800CAST: Africa/Gaborone
561PMT 3600CET 7200CEST: Africa/Tunis
5989HMT 7200EET 10800EEST: Europe/Helsinki Europe/Mariehamn
6264BMT 7200EET 10800EEST: Europe/Bucharest
6600LMT 7200SAST 10800SAST: Africa/Maseru
7016IMT 7200EET: Asia/Istanbul Europe/Istanbul Turkey
7200CAT 10800EAT: Africa/Juba Africa/Khartoum
7200CAT 8400LMT 8460ZMT 8470ZMT: Africa/Blantyre
7200CAT: Africa/Bujumbura Africa/Harare Africa/Kigali Africa/Lusaka Africa/Maputo
7200EET 10800EEST: Africa/Cairo Asia/Famagusta Asia/Gaza Asia/Hebron Asia/Nicosia EET Egypt Europe/Nicosia
7200EET 8520LMT 10800EEST: Asia/Beirut
7200EET 9017MMT 9079MMT 10800MSK 12679MST 14400MSK 16279MDST: Europe/Moscow W-SU
7200EET: Asia/Amman Asia/Damascus
7200IST 8440JMT 10800IDT 14400IDDT: Asia/Jerusalem Asia/Tel_Aviv Israel
7200SAST: Africa/Mbabane
9320ADMT 10800EAT: Africa/Addis_Ababa
9320ADMT 9332AMT 10800EAT: Africa/Asmara
`;
